package main

import (
	"bestie/bot"
	"bestie/shop"
	"bestie/templates"
)

// guards are the loop guards as the rules take them.
func (c *Config) guards() shop.Guards {
	g := c.Guards
	return shop.Guards{
		PerChatGap: g.PerChatGap, PerChatMinute: g.PerChatMinute, PerChatHour: g.PerChatHour, PerChatDay: g.PerChatDay,
		GlobalMinute: g.GlobalMinute, SameText: g.SameText,
		LoopExchanges: g.LoopExchanges, LoopWindow: g.LoopWindow, LoopMute: g.LoopMute, BusinessDay: g.BusinessSenderDay,
	}
}

// answerPolicy is what the bot needs to know of the configuration.
func (c *Config) answerPolicy() bot.Policy {
	return bot.Policy{
		Promo: c.Promo, Freshness: c.Reply.Freshness, ApologyUntil: c.Reply.ApologyUntil, Takeover: c.Takeover.Pause, Rating: c.Rating.Ask == "on", AskConsent: c.AskConsent == "on",
		TypingMin: c.Reply.TypingMin, TypingMax: c.Reply.TypingMax, Guards: c.guards(), Limit: c.Dropship.Limit, SecondPerson: c.SecondPerson == "on", Cutoff: c.cutoff(), Terms: c.Dropship.Terms,
		Facts: c.Facts.vars(), CityRates: c.Facts.CityRates,
	}
}

// vars are the facts as the templates name them; an unset one stays empty.
func (f Facts) vars() templates.Vars {
	return templates.Vars{
		templates.VarHours: f.OpeningHours, templates.VarCOD: f.COD, templates.VarPayment: f.PaymentMethods,
		templates.VarMinimum: f.MinimumOrder, templates.VarGroups: f.GroupLinks, templates.VarSignup: f.SignupSteps,
		templates.VarDelivery: f.DeliveryTimes, templates.VarCutoff: f.DispatchCutoff, templates.VarPromo: f.CurrentPromo, templates.VarShops: f.OrderLinks,
		templates.VarWholesale: f.Wholesale, templates.VarReturns: f.ReturnRules, templates.VarExchange: f.ExchangeRules, templates.VarAbout: f.About,
		templates.VarWebLogin: f.WebsiteLogin, templates.VarGenuine: f.Certificates, templates.VarWithdrawFee: f.WithdrawalFees,
	}
}
