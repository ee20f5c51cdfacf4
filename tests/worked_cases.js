/**
 * What the browser's scoring finds for a worked case, under the names that the case uses: the twin of worked_cases_python.py.
 * Exact numbers are written as fractions are in the result's JSON.
 */
import { change, clearChange } from "#client/change.js";
import { band, compare, divide, fraction, highest, lowest, mean, parse, shown, text } from "#client/fraction.js";
import { alpha, smallestClearChange, variance, withinGroupAgreement } from "#client/research.js";
import { dimensionFields, medianLow, scoreDimension, scoreLens, warningSignBand } from "#client/score.js";
import { othersView, spread, teamDimension, teamQuestion, TOO_FEW, visibleSubgroups } from "#client/team.js";

const TOP = 5;
let settings;

const decimal = (value) => Number(value.n) / Number(value.d);

const dimension = (answers) => scoreDimension(answers, settings, TOP);

function dimensionFindings(found) {
  const { questions, not_sure, not_applicable, blank, share, levels, value } = found;
  const more = value ? { sum: levels.reduce((a, b) => a + b, 0), median_low: medianLow(levels) } : {};
  const counts = { questions, not_sure, not_applicable, blank, answered_share: share && text(share) };
  return { ...dimensionFields(found), ...counts, ...more };
}

function lens(given, rule) {
  const scores = Object.entries(given.dimensions).map(([id, answers]) => [id, dimension(answers)]);
  const found = scoreLens({ id: "x", rule, dimensions: [] }, Object.fromEntries(scores), settings);
  const bands = scores.filter(([, { value }]) => value).map(([id, { value }]) => [id, band(value)]);
  const count = (level) => bands.filter(([, each]) => each === level).length;
  return {
    ...found,
    dimensions: Object.fromEntries(scores.map(([id, each]) => [id, dimensionFindings(each)])),
    bands: Object.fromEntries(bands),
    count_at_each_band: Object.fromEntries([1, 2, 3, 4, 5].map((level) => [level, count(level)])),
    could_be_from: found.count,
  };
}

const exactly = (fields) =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value?.n === "bigint" ? text(value) : value]));

const KINDS = {
  dimension: ({ answers }) => dimensionFindings(dimension(answers)),
  "team-question": ({ answers, minimum_group }) => {
    const [found, lies] = teamQuestion(answers, minimum_group, settings);
    if (!lies) return { ...found, minimum_group };
    const rwg = decimal(withinGroupAgreement(lies.sample_variance, TOP));
    return { ...found, ...exactly(lies), minimum_group, range: lies.highest - lies.lowest, rwg };
  },
  "team-dimension": ({ sheets, minimum_group }) => {
    const values = sheets.map((answers) => dimension(answers).value);
    const scored = values.filter((value) => value);
    const value = teamDimension(values, minimum_group);
    const counts = { people: values.length, people_scored: scored.length, minimum_group, visible: value !== null };
    if (!value) return { ...counts, reason: TOO_FEW };
    return { ...counts, ...exactly({ value, lowest_person: lowest(scored), highest_person: highest(scored) }), band: band(value) };
  },
  subgroups: ({ sizes, minimum_group }) => {
    const visible = visibleSubgroups(sizes, minimum_group);
    const hidden = Object.keys(sizes).filter((id) => !visible.includes(id));
    const people = (ids) => ids.reduce((total, id) => total + sizes[id], 0);
    const whole = people(Object.keys(sizes));
    return { whole, hidden, hidden_people: people(hidden), visible, whole_visible: whole >= minimum_group };
  },
  change: ({ mode, first, second, first_people, second_people }) => {
    if (mode !== "team") return change(dimension(first).value, dimension(second).value, clearChange(settings));
    const means = [first_people, second_people].map((people) => mean(people.map(parse)));
    return change(...means, clearChange(settings, [first_people.length, second_people.length]));
  },
  "change-lens": ({ first, second }) => {
    const [before, after] = [first, second].map((dimensions) => lens({ dimensions }, "alignment"));
    return {
      lowest: change(parse(before.value), parse(after.value), clearChange(settings)),
      gap_first: before.gap,
      gap_second: after.gap,
      first_state: before.state,
      second_state: after.state,
    };
  },
  explanation: ({ sd, reliability, n }) => {
    const one = smallestClearChange(sd, reliability);
    const s_diff = one / 1.96;
    return { sem: s_diff / Math.SQRT2, s_diff, single_sheet: one, team_of_5: smallestClearChange(sd, reliability, n) };
  },
  others: ({ own, others, minimum_group }) => ({
    ...othersView(parse(own), others.map(parse), minimum_group, settings),
    own,
    people: others.length,
  }),
  checklist: ({ ticked }) => ({ ticked, band: warningSignBand(ticked, settings) }),
  completion: ({ answers }) => {
    const { questions, blank, levels, applicable, share } = dimension(answers);
    const answered = questions - blank;
    return { of: questions, levels: levels.length, applicable, progress: text(fraction(answered, questions)), answered_share: text(share), answered };
  },
  analysis: ({ rows_are_people: rows }) => ({
    question_variances: rows[0].map((_, column) => text(variance(rows.map((row) => row[column])))),
    total_variance: text(variance(rows.map((row) => row.reduce((a, b) => a + b, 0)))),
    alpha: decimal(alpha(rows)),
  }),
};

window.findings = ({ kind, input }, given) => {
  settings = given;
  return kind.startsWith("lens-") ? lens(input, kind.slice(5)) : KINDS[kind](input);
};

window.shownAs = (exact, places) => shown(parse(exact), places);

window.arithmetic = ([a, b]) => {
  const [x, y] = [parse(a), parse(b)];
  return { compared: compare(x, y), quotient: y.n ? text(divide(x, y)) : null, band: band(x), shown: shown(x) };
};
