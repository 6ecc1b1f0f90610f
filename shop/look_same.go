package shop

import (
	"math"
	"slices"
)

// Same tells whether two looks are of one picture: recompressed, resized, or cropped by
// up to 2 % on each side (about 30 ms). It finds out how one lies on the other and then compares them
// piece by piece: other figures show in some pieces only, another quality in none.
func (l Look) Same(o Look) bool {
	ratio := float64(l.Height) * float64(o.Width) / (float64(l.Width) * float64(max(1, o.Height)))
	if ratio < 0.9 || ratio > 1.1 || len(l.Light) == 0 || len(o.Light) == 0 {
		return false // cropping by 2 % on two sides changes the shape by 4 %
	}
	fit, ok := l.lieOn(o)
	if !ok {
		return false
	}
	pieces := l.pieces(lookPiece / 2)
	other := 0
	for _, p := range pieces {
		if l.best(o, p, fit) < lookAlike {
			other++
		}
		if other > len(pieces)/100 {
			return false
		}
	}
	return true
}

// lookAlike is the correlation from which a piece is the same. Of generated transfers
// the least alike pieces of one picture, in any quality and crop, stand at 0.7 to 0.85;
// those of two transfers at 0.4 at most. One piece in fifty may be spoilt.
const lookAlike = 0.7

// best is how well a piece agrees with what lies on the other look about there.
func (l Look) best(o Look, p piece, fit placement) float64 {
	x, y := fit.x.at(float64(p.x))-float64(p.x), fit.y.at(float64(p.y))-float64(p.y)
	best := -1.0
	for _, dy := range nearby {
		for _, dx := range nearby {
			if best = max(best, l.agree(o, p, x+dx, y+dy)); best >= 0.9 {
				return best
			}
		}
	}
	return best
}

// nearby are the distances, in points, at which a piece is looked for; the likely first.
var nearby = []float64{0, -0.5, 0.5, -1, 1, -1.5, 1.5}

// piece is a square of a look that has something on it.
type piece struct{ x, y, side int }

// leastContrast is the deviation of brightness from which a piece says something.
const leastContrast = 12

func (l Look) pieces(side int) (out []piece) {
	for y := side / 2; y+side <= l.Height-side/2; y += side {
		for x := side / 2; x+side <= l.Width-side/2; x += side {
			p := piece{x, y, side}
			if l.contrast(p) >= leastContrast {
				out = append(out, p)
			}
		}
	}
	return out
}

func (l Look) contrast(p piece) float64 {
	var sum, squares float64
	for y := p.y; y < p.y+p.side; y++ {
		for _, v := range l.Light[y*l.Width+p.x:][:p.side] {
			sum += float64(v)
			squares += float64(v) * float64(v)
		}
	}
	n := float64(p.side * p.side)
	return math.Sqrt(max(0, squares/n-sum/n*sum/n))
}

// agree is the correlation of a piece with what lies on the other look at a distance.
func (l Look) agree(o Look, p piece, dx, dy float64) float64 {
	var a, b, aa, bb, ab float64
	for y := p.y; y < p.y+p.side; y++ {
		for x := p.x; x < p.x+p.side; x++ {
			u, v := float64(l.Light[y*l.Width+x]), o.light(float64(x)+dx, float64(y)+dy)
			a, b, aa, bb, ab = a+u, b+v, aa+u*u, bb+v*v, ab+u*v
		}
	}
	n := float64(p.side * p.side)
	spread := math.Sqrt((aa - a*a/n) * (bb - b*b/n))
	if spread < n {
		return -1 // nothing there
	}
	return (ab - a*b/n) / spread
}

// light is the brightness between points.
func (l Look) light(x, y float64) float64 {
	x, y = min(max(x, 0), float64(l.Width-1)), min(max(y, 0), float64(l.Height-1))
	u, v := int(x), int(y)
	fx, fy := x-float64(u), y-float64(v)
	right, below := min(u+1, l.Width-1), min(v+1, l.Height-1)
	at := func(x, y int) float64 { return float64(l.Light[y*l.Width+x]) }
	return (at(u, v)*(1-fx)+at(right, v)*fx)*(1-fy) + (at(u, below)*(1-fx)+at(right, below)*fx)*fy
}

// line maps a coordinate of one look to the other.
type line struct{ from, slope float64 }

func (l line) at(x float64) float64 { return l.from + l.slope*x }

type placement struct{ x, y line }

// lieOn finds out where the pieces with most on them are on another look; false when
// hardly any is found.
func (l Look) lieOn(o Look) (placement, bool) {
	pieces := l.pieces(lookPiece)
	step := 1 + len(pieces)/lookAnchors
	var xs, ys [][2]float64
	for i := 0; i < len(pieces); i += step { // from top to bottom
		p := pieces[i]
		if dx, dy, ok := l.find(o, p); ok {
			xs = append(xs, [2]float64{float64(p.x), float64(p.x) + dx})
			ys = append(ys, [2]float64{float64(p.y), float64(p.y) + dy})
		}
	}
	if len(xs) < 3 {
		return placement{}, false
	}
	return l.refit(o, placement{fitLine(xs), fitLine(ys)}), true
}

// refit looks again, more closely and at more places, for what an estimate leaves open.
func (l Look) refit(o Look, fit placement) placement {
	var xs, ys [][2]float64
	for i, p := range l.pieces(lookPiece / 2) {
		if i%3 > 0 {
			continue
		}
		best, x, y := 0.5, 0.0, 0.0
		for dy := -3.0; dy <= 3; dy += 0.5 {
			for dx := -3.0; dx <= 3; dx += 0.5 {
				u, v := fit.x.at(float64(p.x))+dx, fit.y.at(float64(p.y))+dy
				if c := l.agree(o, p, u-float64(p.x), v-float64(p.y)); c > best {
					best, x, y = c, u, v
				}
			}
		}
		if best > 0.5 {
			xs = append(xs, [2]float64{float64(p.x), x})
			ys = append(ys, [2]float64{float64(p.y), y})
		}
	}
	if len(xs) < 3 {
		return fit
	}
	return placement{fitLine(xs), fitLine(ys)}
}

// lookAnchors is how many pieces are looked for everywhere they can be.
const lookAnchors = 36

// find looks for a piece as far as cropping can have moved it.
func (l Look) find(o Look, p piece) (dx, dy float64, ok bool) {
	across, down := l.Width*lookShift/100, l.Height*lookShift/100
	best, u, v := 0.5, 0, 0
	for y := -down; y <= down; y++ {
		for x := -across; x <= across; x++ {
			if c := l.roughly(o, p, x, y); c > best {
				best, u, v, ok = c, x, y, true
			}
		}
	}
	return float64(u), float64(v), ok
}

// roughly is agree by every second point, at whole distances.
func (l Look) roughly(o Look, p piece, dx, dy int) float64 {
	if p.x+dx < 0 || p.y+dy < 0 || p.x+p.side+dx > o.Width || p.y+p.side+dy > o.Height {
		return -1
	}
	var n, a, b, aa, bb, ab int
	for y := p.y; y < p.y+p.side; y += 2 {
		here, there := l.Light[y*l.Width+p.x:][:p.side], o.Light[(y+dy)*o.Width+p.x+dx:][:p.side]
		for x := y / 2 % 2; x < p.side; x += 2 {
			u, v := int(here[x]), int(there[x])
			n, a, b, aa, bb, ab = n+1, a+u, b+v, aa+u*u, bb+v*v, ab+u*v
		}
	}
	spread := math.Sqrt(float64(n*aa-a*a) * float64(n*bb-b*b))
	if spread < float64(n*n) {
		return -1
	}
	return float64(n*ab-a*b) / spread
}

// fitLine puts a line through points of which some are wrong: the median of the slopes
// between them, and of what is left (Theil and Sen).
func fitLine(points [][2]float64) line {
	var slopes, rest []float64
	for i, p := range points {
		for _, q := range points[i+1:] {
			if d := q[0] - p[0]; math.Abs(d) >= 2*lookPiece {
				slopes = append(slopes, (q[1]-p[1])/d)
			}
		}
	}
	l := line{slope: 1}
	if len(slopes) > 0 {
		l.slope = middle(slopes)
	}
	for _, p := range points {
		rest = append(rest, p[1]-l.slope*p[0])
	}
	l.from = middle(rest)
	return l
}

func middle(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}
