// A network is drawn by the server on a circle; here its forces find better places.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const WIDE = 720, HIGH = 440, ROOM = 30;

// Nobody's name may lie beyond the edge of the drawing.
function keep(node) {
  node.x = Math.max(node.wide, Math.min(WIDE - node.wide, node.x));
  node.y = Math.max(ROOM, Math.min(HIGH - ROOM / 2, node.y));
}

function settle(drawing) {
  const nodes = [...drawing.querySelectorAll("[data-node]")].map((place) => ({
    place, id: place.dataset.node, x: Number(place.dataset.x), y: Number(place.dataset.y),
    wide: place.querySelector("text").textContent.length * 3.3 + 6,
  }));
  const known = new Map(nodes.map((node) => [node.id, node]));
  const links = [...drawing.querySelectorAll("[data-from]")].map((line) => ({
    line, many: Number(line.dataset.many),
    source: known.get(line.dataset.from), target: known.get(line.dataset.to),
  }));
  const forces = forceSimulation(nodes)
    .force("link", forceLink(links).distance(95).strength((link) => Math.min(1, 0.25 + link.many / 20)))
    .force("apart", forceManyBody().strength(-420))
    .force("labels", forceCollide((node) => node.wide).strength(1).iterations(3))
    .force("x", forceX(WIDE / 2).strength(0.05))
    .force("y", forceY(HIGH / 2).strength(0.13))
    .stop();
  for (let n = 0; n < 320; n += 1) {
    forces.tick();
    nodes.forEach(keep);
  }
  for (const node of nodes) {
    node.place.setAttribute("transform", `translate(${node.x.toFixed(1)},${node.y.toFixed(1)})`);
  }
  for (const { line, source, target } of links) {
    line.setAttribute("x1", source.x.toFixed(1));
    line.setAttribute("y1", source.y.toFixed(1));
    line.setAttribute("x2", target.x.toFixed(1));
    line.setAttribute("y2", target.y.toFixed(1));
  }
}

document.querySelectorAll("svg.network").forEach(settle);
