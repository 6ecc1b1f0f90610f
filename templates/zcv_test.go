package templates
import ("testing";"os";"fmt";"bufio";"strings";"time";"io/fs";"sort")
func shelfNow(t testing.TB) *shelf {
	sub,_:=fs.Sub(libraryFiles,"library")
	var m Mistakes
	s,err:=parseShelf(sub,&m); if err!=nil {t.Fatal(err)}
	checkShelf(s,&m)
	if e:=m.err();e!=nil {t.Fatal(e)}
	return s
}
func TestZLoad(t *testing.T){
	for range 3 { s0:=time.Now(); l,err:=Load(); if err!=nil {t.Fatal(err)}; fmt.Println("load",time.Since(s0),len(l.matcher.classes),l.matcher.vectors.size) }
}
func TestZCV(t *testing.T){
	// 5-fold over all library lines
	type item struct{intent string; l line; known bool}
	s:=shelfNow(t)
	hold:=map[string]bool{}
	_=hold
	var tot,ok,wrong,known,ans,unk,unkok,top1 int
	type pt struct{p float64; right bool; known bool}
	var pts []pt
	for f:=0;f<5;f++{
		s2:=&shelf{others:map[string][]line{},where:s.where}
		var test []item
		for _,tp:=range s.templates{ c:=*tp; c.examples=nil; for i,e:=range tp.examples{ if i%5==f {test=append(test,item{tp.Intent,e,true})} else {c.examples=append(c.examples,e)}}; s2.templates=append(s2.templates,&c)}
		for k,ls:=range s.others{ for i,e:=range ls{ if i%5==f {test=append(test,item{k,e,false})} else {s2.others[k]=append(s2.others[k],e)}}}
		m:=newMatcher(s2)
		for _,it:=range test{
			w:=maskProducts(Normalise(it.l.text),nil); if len(w)==0 {continue}
			r:=m.classify(w)
			tot++
			got:=""
			if r[0].Known {pts=append(pts,pt{r[0].Score,r[0].Intent==it.intent,it.known})}
			if r[0].Known&&r[0].Score>=m.threshold(r[0].Intent) {got=r[0].Intent}
			if it.known {known++; if r[0].Intent==it.intent {top1++}; if got==it.intent {ans++;ok++} else if got!="" {wrong++; if os.Getenv("V")!="" {fmt.Printf("WRONG %s->%s %.2f %q %v\n",it.intent,got,r[0].Score,it.l.text,w)}} else if os.Getenv("V")!="" {fmt.Printf("miss %s->%s %.2f %q\n",it.intent,r[0].Intent,r[0].Score,it.l.text)}
			} else {unk++; if got=="" {unkok++;ok++} else {wrong++; if os.Getenv("V")!=""{fmt.Printf("WRONG %s->%s %.2f %q %v\n",it.intent,got,r[0].Score,it.l.text,w)}}}
		}
	}
	fmt.Printf("n %d acc %.3f wrong %.3f known top1 %.3f answered %.3f other rejected %.3f\n",tot,float64(ok)/float64(tot),float64(wrong)/float64(tot),float64(top1)/float64(known),float64(ans)/float64(known),float64(unkok)/float64(unk))
	sort.Slice(pts,func(i,j int)bool{return pts[i].p>pts[j].p})
	for _,th:=range []float64{.3,.35,.4,.45,.5,.55,.6,.7}{a,b:=0,0;for _,p:=range pts{if p.p>=th{if p.right{a++}else{b++}}};fmt.Printf("  th %.2f answered %.3f wrong %.3f\n",th,float64(a)/float64(known),float64(b)/float64(tot))}
}
func TestZUnseen(t *testing.T){
	l,err:=Load(); if err!=nil{t.Fatal(err)}
	f,err:=os.Open("testdata/unseen.tsv"); if err!=nil{t.Skip()}
	sc:=bufio.NewScanner(f); n,ok,wr,kn,ans:=0,0,0,0,0
	for sc.Scan(){ if sc.Text()==""||sc.Text()[0]=='#'{continue}; in,u,_:=strings.Cut(sc.Text(),"\t"); n++
		r:=l.matcher.classify(maskProducts(Normalise(u),nil)); got:=""; if r[0].Known&&r[0].Score>=l.matcher.threshold(r[0].Intent){got=r[0].Intent}
		k:=l.Template(in)!=nil; if k{kn++} else {in=""}
		if got==in{ok++; if k{ans++}} else if got!=""{wr++;fmt.Printf("WRONG %s->%s %.2f %q\n",in,got,r[0].Score,u)} else {fmt.Printf("miss %s->%s %.2f %q\n",in,r[0].Intent,r[0].Score,u)}
	}
	fmt.Println(n,"acc",float64(ok)/float64(n),"wrong",wr,"answered",ans,kn)
}
