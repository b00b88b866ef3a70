// The map on which the place of an employer or a centre is marked: a click fills in the form beneath it.
"use strict";

(() => {
  const METRES_A_PIXEL = [
    ["address", 2.5],
    ["street", 40],
    ["town", Infinity],
  ];

  function name(map, at, text) {
    const icon = L.divIcon({ className: "m-town", iconSize: [0, 0] });
    L.marker(at, { keyboard: false, interactive: false, icon }).addTo(map).getElement().append(text);
  }

  // a mark set from far out is not right to the house
  function meant(map, at) {
    const beside = map.containerPointToLatLng(map.latLngToContainerPoint(at).add([1, 0]));
    return METRES_A_PIXEL.find(([, metres]) => map.distance(at, beside) <= metres)[0];
  }

  function draw() {
    const place = document.getElementById("mark-map");
    if (!place) return;
    const told = JSON.parse(place.dataset.map);
    const map = L.map(place, { attributionControl: false, scrollWheelZoom: false, maxZoom: 18 });
    map.zoomControl.setPosition("topright");
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds(L.latLng(told.middle).toBounds(told.reach * 2.1));
    for (const [lat, lon, town] of told.towns) name(map, [lat, lon], town);
    // centres lie close to each other, so that their names would lie on top of each other
    for (const [lat, lon, title] of told.starts) {
      const icon = L.divIcon({ className: "m-start", iconSize: [26, 26] });
      L.marker([lat, lon], { keyboard: false, bubblingMouseEvents: true, title, icon }).addTo(map);
    }
    const icon = L.divIcon({ className: "m-mark", iconSize: [20, 20] });
    const mark = L.marker(told.middle, { keyboard: false, interactive: false, zIndexOffset: 1000, icon });
    if (place.dataset.lat) mark.setLatLng([place.dataset.lat, place.dataset.lon]).addTo(map);
    place.querySelectorAll("a").forEach((control) => (control.tabIndex = -1));
    if (!("marks" in place.dataset)) return;
    map.on("click", ({ latlng }) => {
      mark.setLatLng(latlng).addTo(map);
      document.getElementById("lat").value = latlng.lat.toFixed(5);
      document.getElementById("lon").value = latlng.lng.toFixed(5);
      document.getElementById("precision").value = meant(map, latlng);
    });
  }

  document.addEventListener("DOMContentLoaded", draw);
})();
