package client

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "example.net/bienban-client/bienban/v1"
)

// walk visits every Evidence in a message, however deep.
func walk(message protoreflect.Message, visit func(*pb.Evidence)) {
	if evidence, ok := message.Interface().(*pb.Evidence); ok {
		visit(evidence)
		return
	}
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.Message() == nil || field.IsMap():
		case field.IsList():
			for index := range value.List().Len() {
				walk(value.List().Get(index).Message(), visit)
			}
		default:
			walk(value.Message(), visit)
		}
		return true
	})
}
