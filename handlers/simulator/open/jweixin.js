// The pretend JS-SDK: wx.config checks the page's signature at the pretend
// platform, and wx-open-subscribe asks as WeChat does.
(() => {
  const base = new URL(document.currentScript.src).origin;
  const waiting = { ready: [], error: [] };
  let state = null; // null, then true or the error
  let titles = {};
  const tell = (kind, arg) => waiting[kind].forEach((fn) => fn(arg));

  const config = async (given) => {
    const q = new URLSearchParams({ appid: given.appId, timestamp: given.timestamp, noncestr: given.nonceStr, signature: given.signature, url: location.href.split('#')[0] });
    const res = await fetch(`${base}/open/pretend/config?${q}`, { credentials: 'include' });
    const said = await res.json();
    titles = said.titles;
    state = said.error ? { errMsg: `config:${said.error}` } : true;
    if (state !== true) return tell('error', state);
    document.querySelectorAll('wx-open-subscribe').forEach((tag) => tag.draw());
    tell('ready');
  };

  window.wx = {
    config: (given) => { config(given).catch((err) => { state = { errMsg: `config:${err}` }; tell('error', state); }); },
    ready: (fn) => (state === true ? fn() : waiting.ready.push(fn)),
    error: (fn) => (state && state !== true ? fn(state) : waiting.error.push(fn)),
  };

  const choose = async (tag, accept) => {
    const details = {};
    for (const id of tag.getAttribute('template').split(',')) {
      const res = await fetch(`${base}/open/pretend/subscribe`, { method: 'POST', credentials: 'include', body: JSON.stringify({ template: id, accept }) });
      if (!res.ok) return tag.dispatchEvent(new CustomEvent('error', { detail: { errCode: 20009 } }));
      details[id] = JSON.stringify({ status: accept ? 'accept' : 'reject' });
    }
    return tag.dispatchEvent(new CustomEvent('success', { detail: { errMsg: 'subscribe:ok', subscribeDetails: JSON.stringify(details) } }));
  };

  // The question that WeChat asks over the page.
  const ask = (tag) => {
    const box = document.createElement('dialog');
    const title = document.createElement('p');
    title.textContent = `公众号想给您发：${tag.getAttribute('template').split(',').map((id) => titles[id] ?? id).join('、')}`;
    box.append(title);
    for (const [text, accept] of [['允许', true], ['取消', false]]) {
      const b = document.createElement('button');
      b.textContent = text;
      b.dataset.testid = accept ? 'allow' : 'refuse';
      b.style.cssText = 'font-size: 20px; padding: 8px 24px; margin-right: 12px';
      b.addEventListener('click', () => { box.remove(); choose(tag, accept); });
      box.append(b);
    }
    document.body.append(box);
    box.showModal();
  };

  customElements.define('wx-open-subscribe', class extends HTMLElement {
    draw() {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      root.innerHTML = [...this.querySelectorAll('script[type="text/wxtag-template"]')].map((s) => s.textContent).join('');
      root.querySelector('button').addEventListener('click', () => ask(this));
    }
  });
})();
