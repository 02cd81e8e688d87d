// Cuts on a page: what is prepared, when it is shown, and what a page does that comes late.
import test from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const { Cuts, lettersOf } = await import(pathToFileURL(process.env.MODULE).href);

function page() {
  const calls = [];
  const due = [];
  const self = {
    now: 1000,
    calls,
    scenes: { id: 'overview', cutAt: 0, prepare: (id) => calls.push(`prepare ${id}`), show(id) { calls.push(`show ${id}`); this.id = id; } },
    message: { hidden: true, textContent: '', style: { setProperty() {} } },
    arrive(at) {
      self.now = at;
      due.splice(0).forEach(([instant, run]) => (instant <= at ? run() : due.push([instant, run])));
    },
  };
  self.cuts = new Cuts({
    scenes: self.scenes, wallId: 'main', now: () => self.now, atInstant: (at, now, run) => due.push([at, run]), message: self.message, afterCut: () => calls.push('after'),
  });
  return self;
}

const state = (revision, shown, takeAt, more = {}) => ({ main: { revision, shown, preview: null, cut: { revision, takeAt, fadeMs: 0 }, message: null, ...more } });

test('a page that was just opened joins the others where they are', () => {
  const p = page();
  p.cuts.take(state(7, 'map', 900, { next: { scene: 'courts', at: 9000 } }));
  assert.deepEqual(p.calls, ['show map', 'after', 'prepare courts']);
});

test('a cut is prepared when it arrives and made at its instant, not before', () => {
  const p = page();
  p.cuts.take(state(1, 'overview', 0));
  p.calls.length = 0;
  const part = state(2, 'map', 1200);
  p.cuts.announce(part);
  p.cuts.take(part);
  assert.deepEqual(p.calls, ['prepare map']);
  p.arrive(1199);
  assert.equal(p.scenes.id, 'overview');
  p.arrive(1200);
  assert.deepEqual(p.calls, ['prepare map', 'show map', 'after']);
  assert.equal(p.scenes.cutAt, 1200);
});

test('a cut that arrives after its instant is made with its frame', () => {
  const p = page();
  p.cuts.take(state(1, 'overview', 0));
  p.now = 5000;
  p.cuts.announce(state(2, 'map', 1200));
  assert.equal(p.scenes.id, 'overview');
  p.cuts.take(state(2, 'map', 1200));
  assert.equal(p.scenes.id, 'map');
});

test('of two cuts in quick succession the second one stays', () => {
  const p = page();
  p.cuts.take(state(1, 'overview', 0));
  p.cuts.announce(state(2, 'map', 1200));
  p.cuts.announce(state(3, 'courts', 1250));
  p.arrive(1300);
  assert.equal(p.scenes.id, 'courts');
  assert.ok(!p.calls.includes('show map'));
});

test('what a director chose is prepared before what follows by itself', () => {
  const p = page();
  p.cuts.take(state(1, 'overview', 0, { next: { scene: 'map', at: 9000 } }));
  const chosen = state(1, 'overview', 0, { preview: 'courts', next: { scene: 'map', at: 9000 } });
  p.cuts.take(chosen);
  assert.deepEqual(p.calls.filter((call) => call.startsWith('prepare')), ['prepare map', 'prepare courts']);
});

test('words come and go with their cut', () => {
  const p = page();
  p.cuts.take(state(1, 'overview', 0));
  p.cuts.announce(state(2, 'overview', 1200, { message: '火警' }));
  assert.equal(p.message.hidden, true);
  p.arrive(1200);
  assert.deepEqual([p.message.hidden, p.message.textContent], [false, '火警']);
  p.now = 2000;
  p.cuts.take(state(3, 'overview', 1900));
  assert.equal(p.message.hidden, true);
});

test('another wall, an unchanged part, and a page of one scene change nothing', () => {
  const p = page();
  p.cuts.take({ side: {} });
  p.cuts.take(undefined);
  p.cuts.announce(undefined);
  assert.deepEqual(p.calls, []);
});

test('a text is measured in Chinese letters', () => {
  assert.equal(lettersOf('火警'), 2);
  assert.ok(lettersOf('Fire') < 3);
});
