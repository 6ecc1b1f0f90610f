package store

import (
	"context"
	"database/sql"
	"slices"

	"bestie/shop"
)

// TableRecord is what one table keeps about a person: values by column. Blobs are told by
// their length, columns that say nothing are left out.
type TableRecord struct {
	Table   string           `json:"table"`
	Columns []string         `json:"-"` // in the order of the table
	Rows    []map[string]any `json:"rows"`
}

// PersonRecord is everything that is kept about a person, table by table: every row that
// names them in any role, so that nothing is forgotten when a table is added.
func (db *DB) PersonRecord(ctx context.Context, person int64) (out []TableRecord, err error) {
	type pointer struct{ table, column string }
	pointers, err := collect(ctx, db.r, func(rows *sql.Rows) (p pointer, err error) { return p, rows.Scan(&p.table, &p.column) },
		`SELECT m.name, f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'people' ORDER BY m.name = 'people', m.name, f."from"`)
	if err != nil {
		return nil, err
	}
	for _, p := range append([]pointer{{"people", "id"}}, pointers...) {
		t, err := tableRecord(ctx, db.r, p.table, p.column, person)
		if err != nil {
			return nil, err
		}
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out, nil
}

// tableRecord reads the rows of one table; its names come from the schema.
func tableRecord(ctx context.Context, q querier, table, column string, person int64) (t TableRecord, err error) {
	t.Table = table
	if column != "person_id" && column != "id" {
		t.Table += " (" + column + ")"
	}
	t.Rows, err = collect(ctx, q, func(rows *sql.Rows) (map[string]any, error) {
		if t.Columns, err = rows.Columns(); err != nil {
			return nil, err
		}
		values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		row := map[string]any{}
		for i, name := range t.Columns {
			row[name] = plainValue(name, values[i])
		}
		return row, nil
	}, `SELECT * FROM "`+table+`" WHERE "`+column+`" = $1`, person)
	return t, err
}

// plainValue shows an instant as one, and a blob by its length.
func plainValue(column string, v any) any {
	switch v := v.(type) {
	case []byte:
		return len(v)
	case int64:
		if (slices.Contains([]string{"at", "since"}, column) || len(column) > 3 && column[len(column)-3:] == "_at" || len(column) > 6 && column[len(column)-6:] == "_until") && v > 1e12 {
			return at(v).In(shop.WIB).Format("2006-01-02 15:04:05")
		}
	}
	return v
}
