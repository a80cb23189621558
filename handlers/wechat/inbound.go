package wechat

// Inbound is one message or event as the platform sent it. All fields are
// strings: the platform writes words where its documentation says numbers, and
// one bad field must not lose the message.
type Inbound struct {
	ToUserName, FromUserName, CreateTime, MsgType string

	MsgID        string // MsgId of a message, MsgID of a report
	Content      string
	PicURL       string
	MediaID      string
	MediaID16K   string
	ThumbMediaID string
	Format       string
	Recognition  string // always empty since the platform gave recognition up
	MsgDataID    string
	Idx          string
	BizMsgMenuID string

	LocationX, LocationY, Scale, Label, PoiName string
	Title, Description, URL                     string
	AppID, PagePath, ThumbURL                   string // of a card of a mini program
	Latitude, Longitude, Precision              string

	Event, EventKey, Ticket, MenuID string
	Status                          string // of TEMPLATESENDJOBFINISH and the like
	ScanType, ScanResult            string
	PicCount                        string
	PicSums                         []string
	Lists                           []ListItem
	ExpiredTime, FailReason         string // of the account's verification
	OpenID, RevokeInfo              string // of an authorization that was taken back

	Encrypt string // the envelope of safe mode
}

// ListItem is one entry of a subscription event.
type ListItem struct {
	TemplateID, Status, PopupScene string
	MsgID, ErrorCode, ErrorStatus  string
}

// Parse reads a message or an envelope. Unknown elements are passed over; of an
// element that comes twice the first counts. The strings share doc's memory.
func Parse(doc string) (Inbound, error) {
	var in Inbound
	p := scanner{rest: doc, into: &in}
	if err := p.run(); err != nil {
		return Inbound{}, err
	}
	return in, nil
}

// begin opens a new entry where a <List> starts.
func (in *Inbound) begin(path []string) {
	if len(path) == 3 && path[2] == "List" {
		in.Lists = append(in.Lists, ListItem{})
	}
}

func (in *Inbound) take(path []string, text string) {
	name := path[len(path)-1]
	switch {
	case len(path) == 2:
		keep(in.field(name), text)
	case len(path) == 4 && path[2] == "List":
		keep(in.Lists[len(in.Lists)-1].field(name), text)
	case len(path) == 3:
		keep(in.nested(path[1], name), text)
	case name == "PicMd5Sum":
		in.PicSums = append(in.PicSums, text)
	}
}

func keep(at *string, text string) {
	if at != nil && *at == "" {
		*at = text
	}
}

// nested finds the fields of menu events that stand one level deeper.
func (in *Inbound) nested(parent, name string) *string {
	switch parent {
	case "ScanCodeInfo":
		switch name {
		case "ScanType":
			return &in.ScanType
		case "ScanResult":
			return &in.ScanResult
		}
	case "SendPicsInfo":
		if name == "Count" {
			return &in.PicCount
		}
	case "SendLocationInfo":
		if name == "Poiname" {
			return &in.PoiName
		}
		return in.place(name)
	}
	return nil
}

func (l *ListItem) field(name string) *string {
	switch name {
	case "TemplateId":
		return &l.TemplateID
	case "SubscribeStatusString":
		return &l.Status
	case "PopupScene":
		return &l.PopupScene
	case "MsgID":
		return &l.MsgID
	case "ErrorCode":
		return &l.ErrorCode
	case "ErrorStatus":
		return &l.ErrorStatus
	}
	return nil
}
