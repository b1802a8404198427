// The people of all tests are marked: their names, addresses and statements begin with 演示, and their numbers with one
// of these. Nobody may be named where nodes log, measure, or are asked by address.
import { readFileSync } from 'node:fs';

export const marks = ['演示', '31011019500101', '31011019470316', '13800000000'];

const written = marks.flatMap((mark) => [mark, encodeURIComponent(mark)]);

/// Those of `lines` that name a person.
export const lines_with_people = (lines) => lines.filter((line) => written.some((mark) => line.includes(mark)));

/// A mark that the people of `file` don't bear finds nobody: throws when one of `borne` isn't there.
export function must_bear(file, borne) {
  const text = readFileSync(file, 'utf8');
  for (const mark of borne)
    if (!text.includes(mark) || !marks.includes(mark)) throw new Error(`${file} has nobody marked ${mark}: the logs would be searched for nobody`);
}
