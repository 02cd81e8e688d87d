// Makes the two tables of this folder. Not part of the build: run it by hand when one of its sources has a new version.
//   npm install --prefix DIR pinyin-pro@3.29.4 && node make.mjs DIR/node_modules/pinyin-pro
// Readings are those of pinyin-pro (MIT); compatibility forms and accents are those of the Unicode data in node.

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const { pinyin } = createRequire(import.meta.url)(resolve(process.argv[2]));
const here = new URL('.', import.meta.url);
const at = (code) => String.fromCharCode(code);
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

// What a name may be read as and a dictionary of words may lack.
const surnames = {
  单: 's', 曾: 'z', 仇: 'q', 区: 'o', 查: 'z', 解: 'x', 尉: 'y', 万: 'm', 俟: 'q', 覃: 'q', 翟: 'z', 乐: 'y', 朴: 'p', 缪: 'm', 盖: 'g', 召: 's',
  员: 'y', 祭: 'z', 洗: 'x', 冼: 'x', 折: 's', 黑: 'h', 繁: 'p', 种: 'c', 重: 'c', 秘: 'b', 褚: 'c', 那: 'n', 宓: 'f', 长: 'z', 参: 's', 沈: 's',
};

const byLetters = new Map();
for (const code of [0x3007, ...range(0x3400, 0x9fff)]) {
  const character = at(code);
  const letters = new Set([...pinyin(character, { multiple: true, toneType: 'none', type: 'array' }), surnames[character] ?? '']
    .map((reading) => reading.normalize('NFD').toLowerCase()[0]).filter((letter) => letter >= 'a' && letter <= 'z'));
  if (letters.size > 0) {
    const key = [...letters].sort().join('');
    byLetters.set(key, (byLetters.get(key) ?? '') + character);
  }
}
const initials = [...byLetters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([letters, characters]) => `${letters} ${characters}`);
writeFileSync(new URL('pinyin-initials.txt', here), [
  '# The letters that the readings of a Chinese character begin with. Made by make.mjs from pinyin-pro 3.29.4,',
  '# Copyright (c) 2022-present zh-lx, MIT licence: licences/pinyin-pro.txt.', ...initials, ''].join('\n'));

// One form a line: its code, and what it stands for in small letters without accents. Full-width ASCII is a rule in the code.
const kept = [range(0xa0, 0x24f), range(0x1e00, 0x1eff), range(0x2000, 0x2bff), range(0x2e80, 0x2fdf), range(0x3000, 0x3007),
  range(0x3200, 0x33ff), range(0xf900, 0xfaff), range(0xfb00, 0xfb06), range(0xfe30, 0xfe6f), range(0xff5f, 0xffef)].flat();
const forms = [];
for (const code of kept) {
  const form = at(code);
  const plain = form.normalize('NFKD').replace(/\p{Mn}/gu, '').normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  if (plain !== form && plain !== form.toLowerCase() && plain.length > 0 && plain.length <= 4) {
    forms.push(`${code.toString(16).toUpperCase().padStart(4, '0')}=${plain}`);
  }
}
writeFileSync(new URL('folding.txt', here), [
  '# Compatibility forms and letters with accents, and what they stand for. Made by make.mjs from the data of Unicode 15 and later,',
  '# Copyright (c) 1991-2025 Unicode, Inc., Unicode License v3: licences/unicode.txt.', ...forms, ''].join('\n'));
