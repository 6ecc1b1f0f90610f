package main

import (
	"fmt"
	"strings"

	"bestie/templates"
)

// draftTheme is where templates made of questions and answers go.
const draftTheme = "draft"

// pairs reads rows of a question and its answer. All questions with the same answer
// become one draft; a cell may hold several questions, one on a line, and an empty
// answer means the one above.
func (r *templateReader) pairs(rows []sheetRow, question, answer int) {
	byAnswer, names := map[string]*incoming{}, map[string]bool{}
	above := ""
	for _, row := range rows {
		says := row.cell(answer)
		if says == "" {
			says = above
		}
		above = says
		questions := strings.FieldsFunc(row.cell(question), func(r rune) bool { return r == '\n' })
		if len(questions) == 0 {
			r.refuse(row.number, question, "the question is missing", "")
			continue
		}
		if says == "" {
			r.refuse(row.number, answer, "the answer is missing", "")
			continue
		}
		in := byAnswer[says]
		if in == nil {
			in = draft(questions[0], says, row.number, names)
			in.column, in.parts = answer, answer
			byAnswer[says] = in
			r.found = append(r.found, in)
		}
		for _, q := range questions {
			if q = strings.TrimSpace(q); q != "" {
				in.add("examples", q, row.number)
			}
		}
	}
}

// draft begins a template for an answer.
func draft(question, answer string, row int, names map[string]bool) *incoming {
	in := &incoming{theme: draftTheme, intent: draftName(question, names)}
	in.add("draft", "true", row)
	title := []rune(strings.Join(strings.Fields(question), " "))
	in.add("title", string(title[:min(len(title), 60)]), row)
	in.add("roles", string(templates.RoleCustomer), row)
	in.add("roles", string(templates.RoleDropshipper), row)
	in.add("replies.1.answers", "true", row)
	in.add("replies.1.wordings", answer, row)
	return in
}

func (in *incoming) add(part, text string, row int) {
	in.cells = append(in.cells, templates.Cell{Part: part, Text: text})
	in.rows = append(in.rows, row)
}

// draftName makes an intent of the first words of a question, new among names.
func draftName(question string, names map[string]bool) string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(question), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) {
		if len(words) < 4 && len(w) <= 20 {
			words = append(words, w)
		}
	}
	name := "draft_" + strings.Join(words, "_")
	name = strings.TrimSuffix(name, "_")
	for n := 2; names[name]; n++ {
		name = strings.TrimRight(name, "0123456789")
		name = fmt.Sprintf("%s%d", strings.TrimSuffix(name, "_")+"_", n)
	}
	names[name] = true
	return name
}
