package main

import (
	"strings"
	"testing"
	"time"

	"bestie/whatsapp/standin/people"
)

// TestWarehouseIsAGroup: orders go to a group, and a reply there tells how far they are.
func TestWarehouseIsAGroup(t *testing.T) {
	t.Parallel()
	s, sari := newStage(t)
	rina := newPerson(t, s, "6281200000001", "Rina")
	budi := newPerson(t, s, "6281500000001", "Budi")
	group, err := budi.MakeGroup(t.Context(), []string{stageNumber, "6281300000001"})
	if err != nil {
		t.Fatal(err)
	}
	s.opt.Config.Warehouse.To = group
	s.opt.Config.ProductsFile = "demo-products.yaml"
	if err = s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"order\nPesanan: bakso halus 2\nNama: Rina\nNo HP: 081200000001\nAlamat: Jl. Mawar 1, Bandung\nCatatan: -\n", "transfer", "ya"} {
		ask(t, s, rina, text)
	}
	ask(t, s, sari, "lunas 1")
	var asked people.Received
	for _, m := range budi.Received() {
		if strings.Contains(m.Text, "PO 1 · Pelanggan") {
			asked = m
		}
	}
	if asked.ID == "" || strings.Contains(asked.Text, "ketik: dikemas") {
		t.Fatalf("the group got %q", asked.Text)
	}
	if _, err = budi.ReplyInGroup(t.Context(), group, stageNumber, asked.ID, "dikemas"); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 20*time.Second)
	if n := direct(rina, "Order 1 (Rina) sudah dikemas", group); n != 1 {
		t.Fatalf("Rina was told %d times that her order is packed", n)
	}
	if _, err = budi.ReplyInGroup(t.Context(), group, stageNumber, asked.ID, "dikirim JNE123456"); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 20*time.Second)
	if n := direct(rina, "JNE123456", group); n != 1 {
		t.Errorf("Rina was told the courier's number %d times", n)
	}
	if n := s.number(t, "SELECT COUNT(*) FROM orders WHERE state = 'shipped' AND receipt = 'JNE123456'"); n != 1 {
		t.Errorf("%d orders are shipped", n)
	}
}
