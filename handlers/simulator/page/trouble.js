// The platform's bad days: which call goes wrong, how, how often.
import { el, button } from './dom.js';
import { post } from './api.js';

const places = [
  ['', '所有接口'], ['/cgi-bin/message/custom/send', '发客服消息'], ['/cgi-bin/message/template/send', '发模板消息'],
  ['/cgi-bin/message/subscribe/bizsend', '发订阅通知'], ['/cgi-bin/stable_token', '取令牌'], ['/cgi-bin/user/info', '查用户'],
  ['/cgi-bin/media/get', '取素材'], ['/cgi-bin/menu/create', '发布菜单'], ['webhook', '投递给公众号'],
];

const ways = {
  code: '回错误码', status: '回状态码', garbage: '回一张网页', drop: '断线，没办', slow: '慢', lost: '办了，回答丢了', twice: '投两遍',
};
const apiWays = ['code', 'status', 'garbage', 'drop', 'slow', 'lost'];
const deliveryWays = ['drop', 'slow', 'lost', 'twice'];

const numberOf = { code: ['错误码', '-1'], status: ['状态码', '502'], slow: ['毫秒', '3000'] };

const option = ([value, label]) => el('option', { value }, label);

function read(form) {
  const { where, how, number, times } = form.elements;
  const trouble = { where: where.value, how: how.value, times: Number(times.value) };
  if (how.value === 'slow') trouble.millis = Number(number.value);
  else if (numberOf[how.value]) trouble.code = Number(number.value);
  return trouble;
}

// troubleForm asks for one trouble and makes it.
export function troubleForm(changed) {
  const alert = el('p', { class: 'alert', role: 'alert', hidden: true });
  const where = el('select', { name: 'where', 'aria-label': '在哪里', 'data-testid': 'trouble-where' }, ...places.map(option));
  const how = el('select', { name: 'how', 'aria-label': '怎么捣乱', 'data-testid': 'trouble-how' });
  const number = el('input', { name: 'number', type: 'number', 'data-testid': 'trouble-number' });
  const times = el('input', { name: 'times', type: 'number', min: 0, value: 1, 'aria-label': '几次，0是一直', 'data-testid': 'trouble-times' });
  const fill = () => {
    how.replaceChildren(...(where.value === 'webhook' ? deliveryWays : apiWays).map((w) => option([w, ways[w]])));
    ask();
  };
  const ask = () => {
    const [label, usual] = numberOf[how.value] ?? [];
    number.hidden = !label;
    number.setAttribute('aria-label', label ?? '');
    number.value = usual ?? '';
  };
  where.addEventListener('change', fill);
  how.addEventListener('change', ask);
  const form = el('form', { class: 'trouble' }, where, how, number, el('label', {}, times, '次（0是一直）'),
    el('button', { type: 'submit', class: 'red', 'data-testid': 'trouble-go' }, '开始'), alert);
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    try {
      await post('sim/trouble', read(form));
      alert.hidden = true;
      changed();
    } catch (err) {
      alert.textContent = err.message;
      alert.hidden = false;
    }
  });
  fill();
  return form;
}

const nameOf = (t) => {
  const place = places.find(([value]) => value === t.where)?.[1] ?? t.where;
  const number = t.millis ? ` ${t.millis}毫秒` : t.code ? ` ${t.code}` : '';
  return `${place}：${ways[t.how]}${number}，${t.times ? `还有${t.times}次` : '一直'}`;
};

// troubleList shows those that are on.
export function troubleList(box, list, changed) {
  if (!list.length) {
    box.replaceChildren(el('p', { class: 'small' }, '现在一切正常'));
    return;
  }
  box.replaceChildren(el('ul', { 'data-testid': 'troubles' }, list.map((t) => el('li', {}, nameOf(t)))),
    button('都停下', { class: 'green', 'data-testid': 'trouble-stop', onclick: async () => { await post('sim/trouble', { how: 'none' }); changed(); } }));
}
