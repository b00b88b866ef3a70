// What the maps are drawn with: marks of our own, room for each of them, names of places, and where north is.
"use strict";

const drawing = (() => {
  const GAP = 3;
  const STEP = 6;
  const TURNS = 16;
  const BENEATH = 14;
  const NAMED_WITHIN = 42;

  function mark(map, at, className, text = "", options = {}) {
    const icon = L.divIcon({ className, iconSize: null });
    const marker = L.marker(at, { keyboard: false, icon, ...options }).addTo(map);
    marker.getElement().append(text);
    return marker;
  }

  // the room a mark takes up at a place of the map
  function box(map, marker, at) {
    const { x, y } = map.latLngToLayerPoint(at);
    const { offsetWidth, offsetHeight } = marker.getElement();
    return { x, y, width: offsetWidth, height: offsetHeight };
  }

  function apart(one, other) {
    return (
      Math.abs(one.x - other.x) >= (one.width + other.width) / 2 + GAP ||
      Math.abs(one.y - other.y) >= (one.height + other.height) / 2 + GAP
    );
  }

  const isFree = (one, taken) => taken.every((other) => apart(one, other));

  // what can be seen of the map when it is laid out
  function view(map) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    return { x: x + width / 2, y: y + height / 2, width, height };
  }

  function holds(view, one, width = one.width, height = one.height) {
    return (
      Math.abs(one.x - view.x) <= (view.width - width) / 2 && Math.abs(one.y - view.y) <= (view.height - height) / 2
    );
  }

  // the free room nearest to where a box belongs, if there is some within so many pixels; all of it is seen,
  // unless the place itself is not
  function room(home, taken, most, view) {
    const seen = holds(view, home, 0, 0);
    for (let away = 0; away <= most; away += STEP) {
      for (let turn = 0; turn < (away ? TURNS : 1); turn += 1) {
        const angle = (turn * 2 * Math.PI) / TURNS;
        const tried = { ...home, x: home.x + away * Math.cos(angle), y: home.y + away * Math.sin(angle) };
        if (isFree(tried, taken) && (!seen || holds(view, tried))) return tried;
      }
    }
    return null;
  }

  function put(map, marker, found) {
    marker.setLatLng(map.layerPointToLatLng([found.x, found.y]));
  }

  function names(map, places, className) {
    return places.map(([lat, lon, name]) => {
      L.circleMarker([lat, lon], { radius: 2, className: "m-spot", interactive: false }).addTo(map);
      return { at: [lat, lon], marker: mark(map, [lat, lon], className, name, { interactive: false }) };
    });
  }

  // a name stands beneath its place or close by, and not at all where there is no room for it
  function settle(map, named, taken) {
    const seen = view(map);
    for (const { at, marker } of named) {
      const home = box(map, marker, at);
      const found = room({ ...home, y: home.y + BENEATH }, taken, NAMED_WITHIN, seen);
      marker.getElement().classList.toggle("crowded", !found);
      if (!found) continue;
      taken.push(found);
      put(map, marker, found);
    }
  }

  // all that a map has around its marks
  // a mark that lies as far away as the map reaches is there whole
  function fit(map, middle, reach) {
    map.fitBounds(L.latLng(middle).toBounds(reach * 2), { animate: false, padding: [24, 24] });
  }

  function ground(place, middle, reach, options = {}) {
    const map = L.map(place, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, ...options });
    map.zoomControl.setPosition("topright");
    L.control.scale({ imperial: false }).addTo(map);
    const north = L.control({ position: "topleft" });
    north.onAdd = () => Object.assign(document.createElement("div"), { className: "m-north", textContent: "N" });
    north.addTo(map);
    fit(map, middle, reach);
    // reached by + and - on the map itself
    place.querySelectorAll("a").forEach((control) => (control.tabIndex = -1));
    return map;
  }

  return { mark, box, isFree, room, view, put, names, settle, fit, ground };
})();
