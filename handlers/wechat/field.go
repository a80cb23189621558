package wechat

// field finds where an element of the first level is kept, nil if nowhere.
func (in *Inbound) field(name string) *string {
	switch name {
	case "ToUserName":
		return &in.ToUserName
	case "FromUserName":
		return &in.FromUserName
	case "CreateTime":
		return &in.CreateTime
	case "MsgType":
		return &in.MsgType
	case "Content":
		return &in.Content
	case "MsgId", "MsgID":
		return &in.MsgID
	case "Encrypt":
		return &in.Encrypt
	}
	if at := in.event(name); at != nil {
		return at
	}
	if at := in.media(name); at != nil {
		return at
	}
	return in.place(name)
}

func (in *Inbound) event(name string) *string {
	switch name {
	case "Event":
		return &in.Event
	case "EventKey":
		return &in.EventKey
	case "Ticket":
		return &in.Ticket
	case "MenuId", "MenuID":
		return &in.MenuID
	case "Status":
		return &in.Status
	case "bizmsgmenuid":
		return &in.BizMsgMenuID
	case "MsgDataId":
		return &in.MsgDataID
	case "Idx":
		return &in.Idx
	case "ExpiredTime":
		return &in.ExpiredTime
	case "FailReason":
		return &in.FailReason
	case "OpenID":
		return &in.OpenID
	case "RevokeInfo":
		return &in.RevokeInfo
	}
	return nil
}

func (in *Inbound) media(name string) *string {
	switch name {
	case "PicUrl":
		return &in.PicURL
	case "MediaId":
		return &in.MediaID
	case "MediaId16K":
		return &in.MediaID16K
	case "ThumbMediaId":
		return &in.ThumbMediaID
	case "Format":
		return &in.Format
	case "Recognition":
		return &in.Recognition
	case "Title":
		return &in.Title
	case "Description":
		return &in.Description
	case "Url":
		return &in.URL
	case "AppId":
		return &in.AppID
	case "PagePath":
		return &in.PagePath
	case "ThumbUrl":
		return &in.ThumbURL
	}
	return nil
}

func (in *Inbound) place(name string) *string {
	switch name {
	case "Location_X":
		return &in.LocationX
	case "Location_Y":
		return &in.LocationY
	case "Scale":
		return &in.Scale
	case "Label":
		return &in.Label
	case "Latitude":
		return &in.Latitude
	case "Longitude":
		return &in.Longitude
	case "Precision":
		return &in.Precision
	}
	return nil
}
