package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bestie/shop"
)

// adminRoles are the words of the file for the four roles of the pager.
var adminRoles = []struct {
	word string
	role shop.Role
}{
	{"admin", shop.RoleDuty},
	{"second", shop.RoleSecond},
	{"supervisor", shop.RoleSupervisor},
	{"owner", shop.RoleOwner},
}

const mostAdmins = 20

// adminsKind is the list of people who are paged, each with name, phone and role.
func adminsKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("up to %d people, each {name, phone, role: %s}", mostAdmins, rolesAllowed),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			admins, mistakes := readItems(v, mostAdmins, readAdmin)
			for i, admin := range admins {
				if admin.Phone != "" && slices.ContainsFunc(admins[:i], func(a Admin) bool { return a.Phone == admin.Phone }) {
					mistakes = append(mistakes, Mistake{Key: fmt.Sprintf("[%d].phone", i), Line: v.items[i].line, Problem: quote(admin.Phone) + " is there twice", Allowed: "a number of their own for everybody"})
				}
			}
			if len(mistakes) == 0 {
				c.Admins = admins
			}
			return mistakes
		},
		show: func(c *Config) string { return showAdmins(c.Admins) },
	}
}

// readAdmin reads one person.
func readAdmin(v rawValue) (Admin, []Mistake) {
	admin := Admin{Roles: []shop.Role{shop.RoleDuty}}
	mistakes := readItem(
		v, "a person",
		must(part("name", &admin.Name, parseName, "text of 1 to 60 letters")),
		must(part("phone", &admin.Phone, parsePhone, phoneAllowed)),
		itemKey{"role", false, func(v rawValue) (problem, _ string) {
			admin.Roles, problem = readRoles(v)
			return problem, rolesAllowed
		}},
	)
	return admin, mistakes
}

// readScalar parses one part of a larger value.
func readScalar[T any](v rawValue, parse func(string) (T, error), allowed string) (out T, problem, _ string) {
	if v.shape != shapeScalar {
		return out, "found " + v.found() + " where a single value belongs", allowed
	}
	out, err := parse(v.text)
	if err != nil {
		return out, v.found() + " " + err.Error(), allowed
	}
	return out, "", ""
}

func parseName(s string) (string, error) {
	if n := utf8.RuneCountInString(s); n < 1 || n > 60 {
		return "", refusal(fmt.Sprintf("has %d letters", n))
	}
	return s, nil
}

// noRole is the word for somebody who has no role at all hours.
const noRole = "none"

const rolesAllowed = "admin, second, supervisor, owner, several of them in brackets, or none"

// readRoles reads one role, several in a list, or none.
func readRoles(v rawValue) (roles []shop.Role, problem string) {
	if v.shape == shapeScalar {
		if strings.EqualFold(v.text, noRole) {
			return nil, ""
		}
		v = rawValue{shape: shapeList, items: []rawValue{v}}
	}
	if v.shape != shapeList {
		return nil, "found " + v.found() + " where a role belongs"
	}
	for _, item := range v.items {
		role, problem, _ := readScalar(item, parseRole, "")
		if problem == "" && slices.Contains(roles, role) {
			problem = item.found() + " is there twice"
		}
		if problem != "" {
			return nil, problem
		}
		roles = append(roles, role)
	}
	return roles, ""
}

func parseRole(s string) (shop.Role, error) {
	for _, r := range adminRoles {
		if strings.EqualFold(s, r.word) {
			return r.role, nil
		}
	}
	return "", refusal("is none of them")
}

func showAdmins(admins []Admin) string {
	return showList(admins, func(a Admin) string {
		return fmt.Sprintf("{name: %q, phone: %q, role: %s}", a.Name, a.Phone, showRoles(a.Roles))
	})
}

func showRoles(roles []shop.Role) string {
	var words []string
	for _, r := range adminRoles {
		if slices.Contains(roles, r.role) {
			words = append(words, r.word)
		}
	}
	switch len(words) {
	case 0:
		return noRole
	case 1:
		return words[0]
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// ratesKind is a map of cities to what shipping there costs.
func ratesKind(at func(*Config) *map[string]shop.Rupiah, most shop.Rupiah) settingKind {
	return settingKind{
		allowed: fmt.Sprintf("cities with amounts of 0 to %d rupiah, such as {bandung: 12000, surabaya: 20000}", most),
		shape:   shapeMap,
		set: func(c *Config, v rawValue) []Mistake {
			if v.shape != shapeMap {
				return []Mistake{{Line: v.line, Problem: "found " + v.found() + " where cities with amounts belong"}}
			}
			rates := map[string]shop.Rupiah{}
			var mistakes []Mistake
			for _, f := range v.fields {
				city := strings.ToLower(strings.Join(strings.Fields(f.key), " "))
				rate, problem, _ := readScalar(f.value, func(s string) (shop.Rupiah, error) { return parseBoundRupiah(s, most) }, "")
				if _, twice := rates[city]; twice {
					problem = "is given twice"
				}
				if problem != "" {
					mistakes = append(mistakes, Mistake{Key: "." + f.key, Line: f.line, Problem: problem})
				}
				rates[city] = rate
			}
			if len(mistakes) == 0 {
				*at(c) = rates
			}
			return mistakes
		},
		show: func(c *Config) string { return showRates(*at(c)) },
	}
}

func showRates(rates map[string]shop.Rupiah) string {
	if len(rates) == 0 {
		return ""
	}
	var pairs []string
	for _, city := range slices.Sorted(maps.Keys(rates)) {
		pairs = append(pairs, showText(city)+": "+strconv.FormatInt(int64(rates[city]), 10))
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}
