// The map beside a list: drawn from what the page holds, with nothing from elsewhere.
"use strict";

(() => {
  const FARTHEST = 300;
  let drawn = null;

  function numbered(rows) {
    const places = new Map();
    for (const row of rows) {
      const at = `${row.dataset.lat},${row.dataset.lon}`;
      places.set(at, [...(places.get(at) || []), row]);
    }
    return places;
  }

  function link(marker, rows) {
    const lit = (on) => {
      marker.getElement()?.classList.toggle("at", on);
      for (const row of rows) row.classList.toggle("at", on);
    };
    for (const row of rows) {
      row.addEventListener("mouseenter", () => lit(true));
      row.addEventListener("mouseleave", () => lit(false));
      row.addEventListener("focusin", () => lit(true));
      row.addEventListener("focusout", () => lit(false));
    }
    marker.on("mouseover", () => lit(true));
    marker.on("mouseout", () => lit(false));
    marker.on("click", () => {
      rows[0].scrollIntoView({ block: "center" });
      rows[0].querySelector("summary, a")?.focus();
    });
  }

  function rings(map, middle, told) {
    return told.map(([radius, label, last]) => {
      L.circle(middle, { radius, className: last ? "m-ring last" : "m-ring", interactive: false }).addTo(map);
      const top = [L.latLng(middle).toBounds(radius * 2).getNorth(), middle[1]];
      return { top, marker: drawing.mark(map, top, last ? "m-minutes last" : "m-minutes", label, { interactive: false }) };
    });
  }

  function numbers(map) {
    return [...numbered(document.querySelectorAll(".place[data-lat]"))].map(([place, rows]) => {
      const at = place.split(",").map(Number);
      const marker = drawing.mark(map, at, "m-row", rows.map((row) => row.dataset.number).join(", "));
      marker.getElement().title = rows.map((row) => row.querySelector(".title")?.textContent.trim()).join("\n");
      link(marker, rows);
      return { at, marker };
    });
  }

  // numbers that would lie on each other or on where the way begins stand apart, each tied to its place
  function spread({ map, ties }, found, taken) {
    ties.clearLayers();
    const view = drawing.view(map);
    for (const { at, marker } of found) {
      const home = drawing.box(map, marker, at);
      const free = drawing.room(home, taken, FARTHEST, view) || home;
      taken.push(free);
      drawing.put(map, marker, free);
      if (free.x === home.x && free.y === home.y) continue;
      L.polyline([at, marker.getLatLng()], { className: "m-tie", interactive: false }).addTo(ties);
      L.circleMarker(at, { radius: 3, className: "m-tied", interactive: false }).addTo(ties);
    }
  }

  // the minutes of a ring stand on it, at the top or where there is room
  function label(map, middle, rings, taken) {
    const centre = map.latLngToLayerPoint(middle);
    for (const { top, marker } of rings) {
      const home = drawing.box(map, marker, top);
      const radius = centre.y - home.y;
      const around = [0, 1, -1, 2, -2, 3, -3, 4].map((eighth) => {
        const angle = (eighth * Math.PI) / 4;
        return { ...home, x: centre.x + radius * Math.sin(angle), y: centre.y - radius * Math.cos(angle) };
      });
      const found = around.find((one) => drawing.isFree(one, taken));
      marker.getElement().classList.toggle("crowded", !found);
      if (!found) continue;
      taken.push(found);
      drawing.put(map, marker, found);
    }
  }

  function lay(all) {
    const taken = all.fixed.map((marker) => drawing.box(all.map, marker, marker.getLatLng()));
    drawing.settle(all.map, all.towns, taken);
    spread(all, all.numbers, taken);
    label(all.map, all.middle, all.rings, taken);
    drawing.settle(all.map, all.districts, taken);
  }

  function draw() {
    const place = document.getElementById("map");
    if (drawn) drawn.map.remove();
    drawn = null;
    if (!place) return;
    const told = JSON.parse(place.dataset.map);
    const middle = told.middle || told.starts[0].slice(0, 2);
    const map = drawing.ground(place, middle, told.reach);
    const named = { towns: drawing.names(map, told.towns, "m-town"), districts: drawing.names(map, told.districts, "m-district") };
    const circles = rings(map, middle, told.rings);
    for (const at of told.out) L.circleMarker(at, { radius: 4, className: "m-out", interactive: false }).addTo(map);
    const asked = [...document.querySelectorAll("[data-asked][data-lat]")].map((row) => {
      const marker = drawing.mark(map, [row.dataset.lat, row.dataset.lon], "m-ask");
      link(marker, [row]);
      return marker;
    });
    const starts = told.starts.map(([lat, lon, title]) => drawing.mark(map, [lat, lon], "m-start", "", { title }));
    const ties = L.layerGroup().addTo(map);
    drawn = { map, middle, reach: told.reach, ...named, rings: circles, fixed: [...starts, ...asked], numbers: numbers(map), ties };
    map.on("zoomend", () => lay(drawn));
    lay(drawn);
  }

  // on paper the map has a size of its own, and all of it is to be there
  function resized(printing) {
    if (!drawn) return;
    drawn.map.getContainer().classList.toggle("printing", printing);
    drawn.map.invalidateSize({ animate: false });
    drawing.fit(drawn.map, drawn.middle, drawn.reach);
    lay(drawn);
  }

  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.querySelector("#map") || event.target.id === "result") draw();
  });
  window.addEventListener("beforeprint", () => resized(true));
  window.addEventListener("afterprint", () => resized(false));
})();
