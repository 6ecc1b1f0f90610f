package main

import (
	"slices"
	"strings"

	"bestie/shop"
)

// warehouseName is what a warehouse is called that is no division of its own name.
const warehouseName = "gudang"

// warehouseKind is the name of a division, a number or a group.
func warehouseKind() settingKind {
	return scalar(func(c *Config) *string { return &c.Warehouse.To }, "a name of divisions, "+contactAllowed, func(s string) (string, error) {
		if name := strings.ToLower(s); s == "" || divisionForm.MatchString(name) {
			return name, nil
		}
		return parseContact(s)
	}, func(s string) string {
		if s == "" {
			return ""
		}
		return quote(s)
	})
}

// contact is the number or the group of the warehouse, both "" where it is named.
func (w WarehouseConfig) contact() (phone, group string) {
	switch {
	case w.To == "" || divisionForm.MatchString(w.To):
		return "", ""
	case strings.HasSuffix(w.To, shop.GroupSuffix):
		return "", w.To
	}
	return w.To, ""
}

// isWarehouse tells that purchase orders go to a division.
func (c *Config) isWarehouse(d Division) bool {
	return c.Warehouse.To != "" && (d.Name == c.Warehouse.To || d.shown() == c.Warehouse.To)
}

// divisions are the divisions as the books have them, the warehouse among them.
func (c *Config) divisions() (out []shop.Division) {
	for _, d := range c.Divisions {
		out = append(out, shop.Division{Name: d.Name, Person: shop.Person{Address: d.address()}, Warehouse: c.isWarehouse(d)})
	}
	phone, group := c.Warehouse.contact()
	if phone+group != "" && !slices.ContainsFunc(c.Divisions, c.isWarehouse) {
		d := Division{Name: warehouseName, Phone: phone, Group: group}
		out = append(out, shop.Division{Name: d.Name, Person: shop.Person{Address: d.address()}, Warehouse: true})
	}
	return out
}

// cutoff is until when an order leaves the same day.
func (c *Config) cutoff() shop.Cutoff {
	return shop.Cutoff{Clock: c.Warehouse.Cutoff, Hours: c.SLA.Hours}
}

// brokenWarehouse finds a warehouse that nobody can be.
func (c *Config) brokenWarehouse() (out []Mistake) {
	wrong := func(problem, allowed string) {
		out = append(out, Mistake{Key: "warehouse.to", Problem: problem, Allowed: allowed})
	}
	phone, group := c.Warehouse.contact()
	known := slices.ContainsFunc(c.Divisions, c.isWarehouse)
	switch {
	case c.Warehouse.To == "" || known:
	case phone+group == "":
		wrong(c.Warehouse.To+" is not among divisions", "a name of divisions, or a WhatsApp number or group")
	case slices.ContainsFunc(c.Divisions, func(d Division) bool { return d.Name == warehouseName }):
		wrong(warehouseName+" is a division with another number", "the name of a division")
	case phone != "" && (phone == c.Business.Number || slices.ContainsFunc(c.Admins, func(a Admin) bool { return a.Phone == phone })):
		wrong("is the number of an admin or of the business", "a number of its own")
	}
	if c.Warehouse.Remind >= c.Warehouse.Cutoff {
		out = append(out, Mistake{Key: "warehouse.remind", Problem: formatClock(c.Warehouse.Remind) + " is not before warehouse.cutoff, " + formatClock(c.Warehouse.Cutoff)})
	}
	return out
}
