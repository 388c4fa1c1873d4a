package domain

// mincost sends as much as it can from the source to the sink of a network, and
// what it sends as cheaply as possible: each time along the cheapest way that is
// left, back over what was sent before where that is cheaper. Whole numbers alone
// are compared, and where two ways cost alike the arc that was laid first is taken:
// the same network always comes to the same answer.
type mincost struct {
	from [][]int // arcs by the node that they leave; arc i^1 is i turned round
	arcs []arc
}

type arc struct {
	to, room int
	cost     int64
}

func (g *mincost) node() int {
	g.from = append(g.from, nil)
	return len(g.from) - 1
}

// lay adds an arc with room for so much, and says which it is.
func (g *mincost) lay(from, to, room int, cost int64) int {
	n := len(g.arcs)
	g.arcs = append(g.arcs, arc{to, room, cost}, arc{from, 0, -cost})
	g.from[from], g.from[to] = append(g.from[from], n), append(g.from[to], n+1)
	return n
}

// sent tells whether an arc of room one is used.
func (g *mincost) sent(n int) bool { return g.arcs[n].room == 0 }

func (g *mincost) flow(source, sink int) {
	for {
		by, found := g.cheapest(source, sink)
		if !found {
			return
		}
		for at := sink; at != source; at = g.arcs[by[at]^1].to {
			g.arcs[by[at]].room--
			g.arcs[by[at]^1].room++
		}
	}
}

// cheapest is the cheapest way with room on it, as the arc by which each node is
// reached (Bellman and Ford's way: costs of arcs turned round are below nought).
func (g *mincost) cheapest(source, sink int) (by []int, found bool) {
	const far = int64(1) << 62
	cost, waits := make([]int64, len(g.from)), make([]bool, len(g.from))
	by = make([]int, len(g.from))
	for i := range cost {
		cost[i] = far
	}
	cost[source] = 0
	for queue := []int{source}; len(queue) > 0; {
		at := queue[0]
		queue, waits[at] = queue[1:], false
		for _, n := range g.from[at] {
			a := g.arcs[n]
			if a.room == 0 || cost[at]+a.cost >= cost[a.to] {
				continue
			}
			cost[a.to], by[a.to] = cost[at]+a.cost, n
			if !waits[a.to] {
				queue, waits[a.to] = append(queue, a.to), true
			}
		}
	}
	return by, cost[sink] < far
}
