package read

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// PlainJSON says in plain words what is wrong with JSON; such is said where the
// whole is something else than what was asked for.
func PlainJSON(err error, such string) string {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		return such
	case errors.As(err, &wrong):
		return fmt.Sprintf("%s must be %s, and is a %s", wrong.Field, plainType(wrong.Type.Kind().String()), wrong.Value)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, &syntax) && strings.Contains(syntax.Error(), "unexpected end"):
		return "the JSON ends too early"
	case errors.As(err, &syntax):
		return fmt.Sprintf("no JSON at byte %d: %s", syntax.Offset, syntax.Error())
	}
	return err.Error()
}

func plainType(kind string) string {
	switch kind {
	case "string":
		return "text"
	case "struct", "map":
		return "an object in braces"
	case "slice":
		return "a list in brackets"
	case "bool":
		return "true or false"
	}
	return "a number"
}
