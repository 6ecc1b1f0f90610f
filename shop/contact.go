package shop

import "slices"

// Role is what a person is to the shop. A person may have several; whoever has
// none is a customer.
type Role string

// Roles. Duty, second, supervisor, owner and staff are admins (domain facts, "Who
// is who"): the first four differ only in when they are paged, staff are paged only
// when a shift names them. PIC, in charge of after-sales cases (domain facts,
// section 5), is a role of a Roster alone and stands in no book.
const (
	RoleDropshipper Role = "dropshipper"
	RoleDuty        Role = "duty"
	RoleSecond      Role = "second"
	RoleSupervisor  Role = "supervisor"
	RoleOwner       Role = "owner"
	RoleStaff       Role = "staff"
	RolePIC         Role = "pic"
)

// Person is somebody who writes to us or whom we write to.
type Person struct {
	ID int64
	Address
	Name     string // given by the shop; PushName is what they call themselves
	PushName string
	Roles    []Role
	Tags     []string
}

// Has tells whether the person has the role.
func (p Person) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// IsAdmin tells whether the person works for the shop: their messages are
// commands, never customer questions.
func (p Person) IsAdmin() bool {
	return p.Has(RoleDuty) || p.Has(RoleSecond) || p.Has(RoleSupervisor) || p.Has(RoleOwner) || p.Has(RoleStaff)
}

// CallName is what to call the person in a text: the shop's name for them, else
// their own; empty when neither is known.
func (p Person) CallName() string {
	if p.Name != "" {
		return p.Name
	}
	return p.PushName
}
