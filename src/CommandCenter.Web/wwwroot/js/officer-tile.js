// What an officer's tile and his mark on the map say, decided without a page: no document, no clock of its own.

/** Silent for longer, an officer is stalled. The server draws the same lines (OfficerBoard). */
export const liveMaxMs = 60_000;

/** Silent for longer, he is lost. */
export const stalledMaxMs = 300_000;

/** For so long after his arrival an officer has a tile before others. The server says the same (OfficerBoard). */
export const arrivalMaxMs = 10 * 60_000;

/** So long a lost officer keeps his tile while others wait for one: a tile that changes hands at once would hide the loss. */
export const keepLostMs = 900_000;

const worse = ['live', 'stalled', 'lost', 'off'];

/** Of the server's word and of what his silence has grown to since: the worse. So a picture that stopped never says live for long. */
export function stateAt(state, reportedAtMs, now) {
  if (state === 'off') {
    return 'off';
  }
  const silence = reportedAtMs === null ? Infinity : now - reportedAtMs;
  const grown = silence <= liveMaxMs ? 'live' : silence <= stalledMaxMs ? 'stalled' : 'lost';
  return worse[Math.max(worse.indexOf(state), worse.indexOf(grown))];
}

/** Who an officer is: each court gives ids of its own, so two of them may give the same one. */
export const keyOf = (court, id) => `${court} ${id}`;

/** An officer of the part `officers` by name. */
export function officerOf([id, court, x, y, reportedAtMs, report, state, callingSinceMs = null, errand = null]) {
  return { key: keyOf(court, id), id, court, x, y, reportedAtMs, report, state, callingSinceMs, errand: errand && errandOf(errand) };
}

/** Where an officer was sent. */
function errandOf([x, y, sentAtMs, arrivedAtMs]) {
  return { x, y, sentAtMs, arrivedAtMs };
}

/** Whether an officer has arrived where he was sent, and not long ago. */
export function hasJustArrived(officer, now) {
  return Boolean(officer.errand) && officer.errand.arrivedAtMs !== null && now - officer.errand.arrivedAtMs <= arrivalMaxMs;
}

/**
 * What a tile shows.
 * @param {object|null} officer Of `officerOf`; null for a vacant tile.
 * @param {{kind: 'none'|'camera'}} source Where the picture comes from; none for an officer without a camera.
 */
export function tileOf(officer, source, now) {
  if (source.kind !== 'none' && source.kind !== 'camera') {
    throw new Error(`a tile knows no source of kind ${source.kind}`);
  }
  if (!officer) {
    return { state: 'empty', picture: 'none', id: '', court: '', report: '', ageMs: null, callMs: null };
  }
  return {
    state: stateAt(officer.state, officer.reportedAtMs, now),
    picture: source.kind,
    id: officer.id,
    court: officer.court,
    report: officer.report,
    ageMs: officer.reportedAtMs === null ? null : Math.max(0, now - officer.reportedAtMs),
    callMs: officer.callingSinceMs === null ? null : Math.max(0, now - officer.callingSinceMs),
  };
}

/** An age of one unit, for it stands beside the state on a narrow tile: a number and the key of its unit. */
export function shortAge(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  return s < 60 ? [s, 'age.s'] : s < 3600 ? [Math.floor(s / 60), 'age.min'] : s < 86400 ? [Math.floor(s / 3600), 'age.h'] : [Math.floor(s / 86400), 'age.d'];
}

/**
 * Who sits where. Who calls for help has the first tiles, the longest first. Who has just arrived where he was sent has a tile, from the end
 * and of somebody who has neither; the seated stay where they are. Every other officer keeps his tile while he is in the set; he
 * leaves it to one who waits only when he went off duty, or is lost for long. Free tiles go to those on duty, the latest report first.
 * @param {(string|null)[]} seats Keys by tile, as they were.
 * @param {object[]} officers Of `officerOf`, in the server's order: who calls first, then who has just arrived.
 * @returns {(string|null)[]} Keys by tile, as many as before.
 */
export function seat(seats, officers, now) {
  return callersFirst(arrivalsSeated(seatQuietly(seats, officers, now), officers, now), officers);
}

function arrivalsSeated(seats, officers, now) {
  const after = [...seats];
  const byKey = new Map(officers.map((officer) => [officer.key, officer]));
  const isQuiet = (key) => !byKey.has(key) || (byKey.get(key).callingSinceMs === null && !hasJustArrived(byKey.get(key), now));
  for (const officer of officers.filter((one) => hasJustArrived(one, now) && !seats.includes(one.key))) {
    const place = after.findLastIndex(isQuiet);
    if (place < 0) {
      break;
    }
    after[place] = officer.key;
  }
  return after;
}

// A caller takes his tile from whoever has it, who gets the caller's own or, if he had none, the last one that nobody calls from.
function callersFirst(seats, officers) {
  const after = [...seats];
  const callers = officers.filter((officer) => officer.callingSinceMs !== null).slice(0, seats.length).map((officer) => officer.key);
  callers.forEach((key, place) => {
    const from = after.indexOf(key);
    if (from === place) {
      return;
    }
    const moved = after[place];
    after[place] = key;
    if (from >= 0) {
      after[from] = moved;
    } else if (moved !== null) {
      const free = after.indexOf(null, place + 1);
      const last = free >= 0 ? free : after.length - 1;
      if (last > place && !callers.includes(after[last])) {
        after[last] = moved;
      }
    }
  });
  return after;
}

function seatQuietly(seats, officers, now) {
  const byKey = new Map(officers.map((officer) => [officer.key, officer]));
  const seated = new Set();
  const after = seats.map((key) => (byKey.has(key) && !seated.has(key) ? (seated.add(key), key) : null));
  const waiting = officers.filter((officer) => !seated.has(officer.key)).sort((one, other) => (one.state === 'off') - (other.state === 'off') || (other.reportedAtMs ?? 0) - (one.reportedAtMs ?? 0));
  const next = (isWanted) => {
    const index = waiting.findIndex(isWanted);
    return index < 0 ? null : waiting.splice(index, 1)[0].key;
  };
  const isOn = (officer) => stateAt(officer.state, officer.reportedAtMs, now) !== 'off';
  const isHeard = (officer) => ['live', 'stalled'].includes(stateAt(officer.state, officer.reportedAtMs, now));
  const isLongLost = (officer) => officer.reportedAtMs === null || now - officer.reportedAtMs > keepLostMs;
  return after
    .map((key) => {
      const sitting = byKey.get(key);
      if (!sitting) {
        return key;
      }
      return (!isOn(sitting) ? next(isOn) : isLongLost(sitting) ? next(isHeard) : null) ?? key;
    })
    .map((key) => key ?? next(() => true));
}
