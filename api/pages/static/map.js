// The map beside a list: drawn from what the page holds, with nothing from elsewhere.
"use strict";

(() => {
  let map = null;

  function mark(at, className, html, size) {
    return L.marker(at, { keyboard: false, icon: L.divIcon({ className, html, iconSize: [size, size] }) });
  }

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

  function draw() {
    const place = document.getElementById("map");
    if (map) map.remove();
    map = null;
    if (!place) return;
    const told = JSON.parse(place.dataset.map);
    const middle = told.middle || told.starts[0].slice(0, 2);
    map = L.map(place, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false });
    map.zoomControl.setPosition("topright");
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds(L.latLng(middle).toBounds(told.reach * 2.1));
    for (const [lat, lon, name] of told.towns) mark([lat, lon], "m-town", "", 0).addTo(map).getElement().append(name);
    for (const [radius, label, last] of told.rings) {
      L.circle(middle, { radius, className: last ? "m-ring last" : "m-ring", interactive: false }).addTo(map);
      const top = L.latLng(middle).toBounds(radius * 2).getNorth();
      mark([top, middle[1]], last ? "m-minutes last" : "m-minutes", "", 0).addTo(map).getElement().append(label);
    }
    for (const at of told.out) L.circleMarker(at, { radius: 4, className: "m-out", interactive: false }).addTo(map);
    for (const row of document.querySelectorAll("[data-asked][data-lat]")) {
      const ring = mark([row.dataset.lat, row.dataset.lon], "m-ask", "", 18).addTo(map);
      link(ring, [row]);
    }
    for (const [at, rows] of numbered(document.querySelectorAll(".place[data-lat]"))) {
      const numbers = rows.map((row) => row.dataset.number).join(" ");
      const marker = mark(at.split(","), "m-row", "", 0).addTo(map);
      marker.getElement().append(numbers);
      link(marker, rows);
    }
    for (const [lat, lon, name] of told.starts) {
      mark([lat, lon], "m-start", "", 26).addTo(map).getElement().title = name;
    }
    place.querySelectorAll("a").forEach((control) => (control.tabIndex = -1));
  }

  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.querySelector("#map") || event.target.id === "result") draw();
  });
})();
