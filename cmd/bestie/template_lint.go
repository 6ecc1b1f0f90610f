package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// TemplateLintCommand checks the owner's templates.
type TemplateLintCommand struct {
	Dir string `arg:"" optional:"" help:"The folder; without it templates_dir of the configuration."`
}

// Run names every mistake as file:line; exit code 1 if there is one.
func (c *TemplateLintCommand) Run(_ context.Context, env *Environment) error {
	if err := needFolder(c.Dir); err != nil {
		return err
	}
	library, dir, err := env.library(c.Dir)
	var mistakes templates.Mistakes
	if errors.As(err, &mistakes) {
		fmt.Fprintln(env.Out, mistakes)
		return &Failure{errors.New(plural(len(mistakes), "mistake"))}
	} else if err != nil {
		return err
	}
	own, phrases := 0, 0
	for _, t := range library.Templates() {
		phrases += len(t.Examples) + len(t.Keywords)
		if t.Own {
			own++
		}
	}
	fmt.Fprintf(env.Out, "no mistake in %s: %s, %d of them your own, %s; %s and %s\n",
		described(dir), plural(len(library.Templates()), "template"), own, plural(len(library.Drafts()), "draft"),
		plural(phrases, "example"), plural(len(library.Tests()), "test line"))
	for _, h := range library.Hints() {
		fmt.Fprintf(env.Out, "hint: %s\n", h)
	}
	return nil
}

// needFolder refuses a folder that was named and is not there: a slip of the
// keyboard must not look like a sound library.
func needFolder(dir string) error {
	if _, err := os.Stat(dir); dir != "" && errors.Is(err, fs.ErrNotExist) {
		return &shop.Error{Code: "no_folder", Sentence: "there is no folder " + dir, Hint: "look at the spelling; without a folder, templates_dir of the configuration is checked"}
	}
	return nil
}

func described(dir string) string {
	if dir == "" {
		return "the shipped library"
	}
	return "the shipped library with " + dir + " over it"
}

// TemplateTestCommand runs the tests kept in the templates.
type TemplateTestCommand struct {
	Dir string `arg:"" optional:"" help:"The folder; without it templates_dir of the configuration."`
}

// Run decides every test line as production would; exit code 1 if one fails.
func (c *TemplateTestCommand) Run(ctx context.Context, env *Environment) error {
	if err := needFolder(c.Dir); err != nil {
		return err
	}
	library, dir, err := env.learnt(c.Dir)
	var mistakes templates.Mistakes
	if errors.As(err, &mistakes) {
		fmt.Fprintln(env.Out, mistakes)
		return &Failure{errors.New(plural(len(mistakes), "mistake") + "; nothing was tested")}
	} else if err != nil {
		return err
	}
	j, err := env.judge(ctx)
	if err != nil {
		return err
	}
	red, err := j.test(library)
	if err != nil {
		return err
	}
	for _, f := range red {
		fmt.Fprintln(env.Out, f)
	}
	all := len(library.Tests())
	fmt.Fprintf(env.Out, "%s: %d of %s as they should be\n", described(dir), all-len(red), plural(all, "test line"))
	if len(red) > 0 {
		return &Failure{fmt.Errorf("%s failed", plural(len(red), "test line"))}
	}
	return nil
}

// judge decides by this process's configuration, with the product list that the
// configuration names or, without one, that the bot has.
func (env *Environment) judge(ctx context.Context) (judge, error) {
	config, err := env.load(false)
	if err != nil {
		return judge{}, err
	}
	texts, err := templates.LoadTexts()
	if err != nil {
		return judge{}, err
	}
	var products []shop.Product
	if config.ProductsFile != "" {
		products, err = loadProducts(config.ProductsFile)
	} else if listed, noBooks := env.products(ctx); noBooks == nil {
		products = listed // before the first start there are none
	}
	return newJudge(config, texts, products, time.Now()), err
}
