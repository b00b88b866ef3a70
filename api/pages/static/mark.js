// The map on which the place of an employer or a centre is marked: a click fills in the form beneath it.
"use strict";

(() => {
  const METRES_A_PIXEL = [
    ["address", 2.5],
    ["street", 40],
    ["town", Infinity],
  ];

  // a mark set from far out is not right to the house
  function meant(map, at) {
    const beside = map.containerPointToLatLng(map.latLngToContainerPoint(at).add([1, 0]));
    return METRES_A_PIXEL.find(([, metres]) => map.distance(at, beside) <= metres)[0];
  }

  function draw() {
    const place = document.getElementById("mark-map");
    if (!place) return;
    const told = JSON.parse(place.dataset.map);
    const map = drawing.ground(place, told.middle, told.reach, { maxZoom: 18, zoomSnap: 1 });
    const names = [...drawing.names(map, told.towns, "m-town"), ...drawing.names(map, told.districts, "m-district")];
    // centres lie close to each other, so that their names would lie on top of each other
    const starts = told.starts.map(([lat, lon, title]) =>
      drawing.mark(map, [lat, lon], "m-start", "", { bubblingMouseEvents: true, title }),
    );
    const icon = L.divIcon({ className: "m-mark", iconSize: null });
    const mark = L.marker(told.middle, { keyboard: false, interactive: false, zIndexOffset: 1000, icon });
    const marked = (at) => mark.setLatLng(at).addTo(map);
    if (place.dataset.lat) marked([place.dataset.lat, place.dataset.lon]);
    const lay = () => {
      const there = map.hasLayer(mark) ? [...starts, mark] : starts;
      drawing.settle(map, names, there.map((marker) => drawing.box(map, marker, marker.getLatLng())));
    };
    map.on("zoomend", lay);
    lay();
    if (!("marks" in place.dataset)) return;
    map.on("click", ({ latlng }) => {
      marked(latlng);
      document.getElementById("lat").value = latlng.lat.toFixed(5);
      document.getElementById("lon").value = latlng.lng.toFixed(5);
      document.getElementById("precision").value = meant(map, latlng);
    });
  }

  document.addEventListener("DOMContentLoaded", draw);
})();
