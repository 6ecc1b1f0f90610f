package main

import (
	"time"

	"bestie/shop"
	"bestie/templates"
)

// TemplateCommand is about the reply library.
type TemplateCommand struct {
	Match TemplateMatchCommand `cmd:"" help:"Show which template a message finds, and how surely."`
	Eval  TemplateEvalCommand  `cmd:"" help:"Answer a file of labelled messages and count what became of them."`
}

// bench is a library with everything that decides beside it, as the
// configuration sets it up: the owner's folder and product list.
type bench struct {
	library *templates.Library
	judge   judge
	loading time.Duration // how long the library took to load
}

// newBench reads the configuration, when there is one, and the library.
func newBench(env *Environment) (b bench, err error) {
	config, err := env.load(false)
	if err != nil {
		return b, err
	}
	start := time.Now()
	if config.TemplatesDir == "" {
		b.library, err = templates.Load()
	} else {
		b.library, err = templates.LoadOver(config.TemplatesDir)
	}
	b.loading = time.Since(start)
	if err != nil {
		return b, err
	}
	texts, err := templates.LoadTexts()
	if err != nil {
		return b, err
	}
	var products []shop.Product
	if config.ProductsFile != "" {
		if products, err = loadProducts(config.ProductsFile); err != nil {
			return b, err
		}
	}
	b.judge = newJudge(config, texts, products, time.Now())
	return b, nil
}
