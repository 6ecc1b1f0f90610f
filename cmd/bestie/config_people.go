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
		allowed: fmt.Sprintf("up to %d people, each {name, phone, role: admin, second, supervisor or owner}", mostAdmins),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			if v.shape != shapeList {
				return []Mistake{{Line: v.line, Problem: "found " + v.found() + " where a list belongs"}}
			}
			if len(v.items) > mostAdmins {
				return []Mistake{{Line: v.line, Problem: fmt.Sprintf("has %d items", len(v.items))}}
			}
			var admins []Admin
			var mistakes []Mistake
			for i, item := range v.items {
				admin, wrong := readAdmin(item)
				for j := range wrong {
					wrong[j].Key = fmt.Sprintf("[%d]%s", i, wrong[j].Key)
				}
				if admin.Phone != "" && slices.ContainsFunc(admins, func(a Admin) bool { return a.Phone == admin.Phone }) {
					wrong = append(wrong, Mistake{Key: fmt.Sprintf("[%d].phone", i), Line: item.line, Problem: quote(admin.Phone) + " is there twice", Allowed: "a number of their own for everybody"})
				}
				admins, mistakes = append(admins, admin), append(mistakes, wrong...)
			}
			if len(mistakes) == 0 {
				c.Admins = admins
			}
			return mistakes
		},
		show: func(c *Config) string { return showAdmins(c.Admins) },
	}
}

// readAdmin reads one person; the keys of its mistakes begin with a dot.
func readAdmin(v rawValue) (Admin, []Mistake) {
	if v.shape != shapeMap {
		return Admin{}, []Mistake{{Line: v.line, Problem: "found " + v.found() + " where a person belongs"}}
	}
	admin := Admin{Role: shop.RoleDuty}
	var mistakes []Mistake
	given := map[string]bool{}
	for _, f := range v.fields {
		var problem, allowed string
		switch {
		case given[f.key]:
			problem = "is given twice"
		case f.key == "name":
			admin.Name, problem, allowed = readScalar(f.value, parseName, "text of 1 to 60 letters")
		case f.key == "phone":
			admin.Phone, problem, allowed = readScalar(f.value, parsePhone, phoneAllowed)
		case f.key == "role":
			admin.Role, problem, allowed = readScalar(f.value, parseRole, "admin, second, supervisor, owner")
		default:
			problem, allowed = "is not a known key", "name, phone, role"
		}
		if problem != "" {
			mistakes = append(mistakes, Mistake{Key: "." + f.key, Line: f.line, Problem: problem, Allowed: allowed})
		}
		given[f.key] = true
	}
	for _, key := range []string{"name", "phone"} {
		if !given[key] {
			mistakes = append(mistakes, Mistake{Key: "." + key, Line: v.line, Problem: "is missing"})
		}
	}
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
		word := ""
		for _, r := range adminRoles {
			if r.role == a.Role {
				word = r.word
			}
		}
		return fmt.Sprintf("{name: %q, phone: %q, role: %s}", a.Name, a.Phone, word)
	})
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
