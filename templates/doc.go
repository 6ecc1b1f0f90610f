// Package templates holds every text a person sees in chat, and finds the one
// that fits.
//
// There are two shelves. library/ is the team's reply library: one YAML file
// per wish of a customer (an intent), with examples of how people say it and
// two to four wordings of the answer. texts/ is everything else the program
// says: pages to admins, confirmations, apologies. Both are embedded, read once
// by Load, and refused as a whole with every mistake named by file and line.
//
// A message is understood in three steps. Exact rules come first, for the few
// things where a mistake is costly (OptWish, Threat). Then the message is
// normalised (words/*.txt: how people in a shop chat spell) and classified by a
// multinomial logistic regression trained at Load on the library's own examples:
// no network, no service, the same result on every start. Last, a message
// with several questions is cut into clauses, each classified alone.
//
// Below the threshold the answer is "not sure", Match.Intent is empty, and a
// person is called: a confident wrong answer is the costliest outcome.
package templates
