/**
 * A facilitator's agenda for a meeting about a team view. Fetched only when somebody wants one.
 *
 * It says nothing about the team but what the view shows. Its sentences are the framework's and the fixed ones below.
 *
 * - Talked about are the first questions of the view's `discuss` (METHOD 2.9) that are visible, as many as fit.
 *   Fewer than fit: the headline lenses' questions follow. All of them close, and not many unsure: only the lenses' questions.
 * - Lenses come in the framework's order; those without a result only when none has one.
 * - The exercise is the first, in the order of the questions talked about, that leaves every part its least time, and the
 *   talk about its own question too. When all are close, it belongs to a question for which a level is agreed.
 *   One that takes more than a third of the meeting is a meeting of its own. A group size of two numbers, or of none, is that
 *   of a room, which needs the first; with more people than the second there are several groups. With one number it is
 *   something else, such as one person who observes a meeting for another purpose.
 * - Where others may see less than the team does, people look at that first.
 * - A level is agreed for the first questions talked about, five minutes each; when all are close, for the first of `discuss`.
 * - Time that is left goes to the parts in the order of `FILLED`, up to the most that each may take; then to what else matters.
 * - The break is at the change of parts that is nearest to the middle.
 * - Nothing to see: a talk about why, and the form's own questions, in turns from each part of each headline lens.
 *   Only what anyone may know is used then, never an answer.
 *
 * The minutes are a judgement, from the guide "Run it with your team".
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/score.js").Framework & {levels: string[], headline_lenses?: string[]}} Framework With
 *   the names of the levels. Without `headline_lenses`, all lenses of `texts` are.
 *
 * @typedef {object} Texts What the framework says, each by id.
 * @property {Record<string, {label: string, question: string, discuss: string, exercises: string[], levels: string[],
 *   not_applicable?: string}>} indicators
 * @property {Record<string, Exercise>} exercises
 * @property {Record<string, {name: string, discuss: string}>} lenses
 * @property {string[]} closing - The closing questions.
 * @typedef {{name: string, minutes: number, purpose: string, materials: string[], group_size: string,
 *   steps: {minutes: number, do: string}[]}} Exercise
 *
 * @typedef {object} Piece Something to do, before it has a time.
 * @property {Kind} kind
 * @property {string} title
 * @property {string} say - What the facilitator does first.
 * @property {string[]} details - What else there is to read out or to do.
 * @property {string} [exercise] - Its id.
 * @property {string[]} [indicators] - The questions that it is about.
 * @property {string} [lens] - The lens that it is about.
 * @typedef {"welcome" | "look" | "round" | "why" | "talk" | "question" | "lens" | "exercise" | "break" | "open" | "agree" | "plan" | "close"} Kind
 * @typedef {Piece & {minutes: number}} Timed
 * @typedef {Timed & {at: number, clock?: string}} Part With the minutes from the start, and the time of day where that is known.
 *
 * @typedef {object} Agenda
 * @property {string} title
 * @property {number} minutes
 * @property {Part[]} parts - Their minutes add up to the whole.
 * @property {string[]} ground_rules
 * @property {string[]} materials
 */
import { sayCount } from "#client/counts.js";
import { listed, say } from "#client/words.js";

/** The least and the most minutes for something to talk about. */
const TALK = [8, 15];
/** One in so many people who are not sure are many. */
const MANY = 5;
/** An exercise takes at most one in so many minutes of the meeting. */
const SHARE = 3;
/** Minutes in which a group agrees one level. */
const AGREE = 5;
/** The fewest minutes that are worth a part of their own. */
const SHORTEST = 5;

/**
 * How long a meeting can be. `least` are talked about, with a level agreed for each, and at the `most` so many; each has
 * `talk` minutes if it can. Of other parts: the least and the most minutes.
 *
 * @typedef {{least: number, most: number, talk: number, pause: number, parts: Partial<Record<Kind, [number, number]>>}} Length
 * @type {Record<number, Length>}
 */
export const LENGTHS = {
  60: {
    least: 1,
    most: 3,
    talk: 10,
    pause: 0,
    parts: { welcome: [5, 5], look: [5, 5], round: [5, 10], why: [10, 15], plan: [7, 10], close: [5, 5] },
  },
  90: {
    least: 2,
    most: 4,
    talk: 10,
    pause: 0,
    parts: { welcome: [5, 5], look: [5, 5], round: [5, 10], why: [10, 20], plan: [7, 15], close: [5, 5] },
  },
  180: {
    least: 3,
    most: 6,
    talk: 12,
    pause: 10,
    parts: { welcome: [5, 10], look: [5, 10], round: [10, 15], why: [15, 30], plan: [10, 20], close: [5, 10] },
  },
};

/** What most meetings take. */
export const USUAL = "90";

/** @type {Kind[]} What gets more time than the least, first to last. */
const FILLED = ["plan", "round", "why", "look", "talk", "question", "lens", "welcome", "close"];

/**
 * Make an agenda.
 *
 * @param {object} from - What it is made from.
 * @param {Fields} from.view - The team view, `balcony-team/1`.
 * @param {Framework} from.framework - The page's data.
 * @param {Texts} from.texts - What the framework says.
 * @param {number} from.minutes - One of `LENGTHS`.
 * @param {string} [from.start] - When the meeting starts, such as `09:30`. What is no time of day is left out.
 * @returns {Agenda} Complete.
 * @throws {RangeError} For another length, with a sentence that says so.
 */
export function agendaOf({ view, framework, texts, minutes, start }) {
  const lengths = listed(Object.keys(LENGTHS));
  if (!Object.hasOwn(LENGTHS, minutes))
    throw new RangeError(say("There are agendas for {lengths} minutes.", { lengths }));
  const length = LENGTHS[minutes];
  const { least, pause, parts } = length;
  /** @type {string[]} */
  const ids = view.discuss.filter(
    (/** @type {string} */ id) => isVisible(of(view.indicators, id)) && of(texts.indicators, id),
  );
  const { settled, topics } = topicsOf(ids, view, framework, texts);
  const agreed = ids.slice(0, least);

  const before = ids.length ? [welcome(), look(view, framework, texts), round()] : [welcome(), why(view)];
  const after = [...(agreed.length ? [agree(agreed, texts)] : []), plan(), close(texts)];
  const [first, last] = [before, after].map((pieces) =>
    pieces.map((piece) => timed(piece, parts[piece.kind]?.[0] ?? AGREE * agreed.length)),
  );
  const room = minutes - pause - total([...first, ...last]);
  const between = talksAndExercise({ ids, agreed, settled, topics, view, texts, minutes, room, length });

  const all = [...first, ...between, ...last];
  fill(all, minutes - pause - total(all), (kind) => parts[kind]?.[1] ?? TALK[1]);
  if (pause) all.splice(middle(all, minutes, pause), 0, rest(pause));
  return {
    title: say("Agenda for {minutes} minutes", { minutes }),
    minutes,
    parts: placed(all, start),
    ground_rules: groundRules(),
    materials: materials(ids.length > 0, between, texts),
  };
}

/**
 * Write an agenda as plain text, to copy.
 *
 * @param {Agenda} agenda - Any.
 * @returns {string} Lines.
 */
export function agendaText({ title, parts, ground_rules, materials }) {
  const item = (/** @type {string} */ text) => say("- {text}", { text });
  const lines = [
    title,
    "",
    say("Ground rules"),
    ...ground_rules.map(item),
    "",
    say("What to bring"),
    ...materials.map(item),
  ];
  for (const { at, clock, minutes, title, say: first, details } of parts) {
    const heading = clock
      ? say("{clock} ({minutes} minutes) {title}", { clock, minutes, title })
      : say("From minute {at} ({minutes} minutes) {title}", { at, minutes, title });
    lines.push("", heading, first, ...details.map(item));
  }
  return `${lines.join("\n")}\n`;
}

// What to talk about

/** @type {<Value>(all: Record<string, Value>, id: string) => Value | undefined} */
const of = (all, id) => (Object.hasOwn(all, id) ? all[id] : undefined);

/** @type {(fields: Fields | undefined) => boolean} */
const isVisible = (fields) => fields?.visible === true;

/** @type {(fields: Fields) => boolean} */
const isWide = ({ far_apart_voice, agreement }) => far_apart_voice || agreement === "wide";

/** @type {(fields: Fields) => boolean} Whether many could not say; in a small group it is only known whether anyone could not. */
const isUnsure = ({ people, not_sure, some_not_sure }) => some_not_sure || (not_sure > 0 && not_sure * MANY >= people);

/** @type {(fields: Fields) => boolean} */
const isSettled = (fields) => fields.agreement === "close" && !isWide(fields) && !isUnsure(fields);

/** @type {(ids: string[], view: Fields, framework: Framework, texts: Texts) => {settled: boolean, topics: Piece[]}} In order. */
function topicsOf(ids, view, framework, texts) {
  const { lenses, hasResults } = lensesOf(view, framework, texts);
  const settled = lenses.length > 0 && ids.every((id) => isSettled(view.indicators[id]));
  const talks = settled ? [] : ids.map((id) => talkPiece(id, view, framework, texts));
  const topics = ids.length
    ? [...talks, ...lenses.map((id) => lensPiece(id, hasResults, texts))]
    : questionsOf(view, framework, texts).map((id) => questionPiece(id, texts));
  return { settled, topics };
}

/** @type {(framework: Framework, texts: Texts) => string[]} */
const headlinesOf = ({ headline_lenses }, { lenses }) =>
  (headline_lenses ?? Object.keys(lenses)).filter((id) => of(lenses, id));

/** @type {(view: Fields, framework: Framework, texts: Texts) => {lenses: string[], hasResults: boolean}} To talk about, in order. */
function lensesOf(view, framework, texts) {
  const all = headlinesOf(framework, texts);
  const found = all.filter((id) => hasResult(of(view.lenses, id)));
  return { lenses: found.length ? found : all, hasResults: found.length > 0 };
}

/** @type {(lens: Fields | undefined) => boolean} */
const hasResult = (lens) => isVisible(lens) && !["not-enough-answers", "lens-does-not-apply"].includes(lens?.state);

/**
 * The form's questions: the first of each part of each headline lens, then the second, then all others.
 *
 * @type {(view: Fields, framework: Framework, texts: Texts) => string[]}
 */
function questionsOf(view, framework, texts) {
  const { lenses, revisions } = framework;
  const parts = headlinesOf(framework, texts)
    .flatMap((id) => lenses.find((lens) => lens.id === id)?.dimensions ?? [])
    .map(({ indicators }) => indicators);
  const longest = Math.max(0, ...parts.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, at) => parts.flatMap((ids) => ids.slice(at, at + 1)));
  const all = new Set([...turns.flat(), ...Object.keys(revisions)]);
  return [...all].filter((id) => of(view.indicators, id) && of(texts.indicators, id));
}

/** @type {(id: string, view: Fields, framework: Framework, texts: Texts) => Piece} */
function talkPiece(id, view, { levels }, texts) {
  const fields = view.indicators[id];
  const { label, question, discuss } = texts.indicators[id];
  const [wide, unsure] = [isWide(fields), isUnsure(fields)];
  const opening = wide
    ? say("Hear the example behind each answer, the furthest first. No one defends an answer.")
    : unsure
      ? say("Ask first: who could tell us? Not everyone could say.")
      : say("Ask for a recent example: when it was, and what happened.");
  return {
    kind: "talk",
    title: label,
    say: opening,
    details: [
      read(question),
      ...ends(fields, levels),
      ...(wide ? [say("Anyone may give an example for any answer. No one says which was theirs.")] : []),
      ...(wide && unsure ? [say("Then ask: who could tell us? Not everyone could say.")] : []),
      read(discuss),
    ],
    indicators: [id],
  };
}

/** @type {(fields: Fields, levels: string[]) => string[]} */
function ends({ lowest, highest }, levels) {
  if (lowest === undefined) return [];
  const [low, high] = [levels[lowest - 1], levels[highest - 1]];
  if (lowest === highest) return [say("Every answer: {low}.", { low })];
  return [say("Lowest answer: {low}. Highest answer: {high}.", { low, high })];
}

/** @type {(id: string, texts: Texts) => Piece} */
function questionPiece(id, texts) {
  const { label, question, discuss } = texts.indicators[id];
  const first = say("Ask for a recent example. Do not ask anyone for a level.");
  return { kind: "question", title: label, say: first, details: [read(question), read(discuss)], indicators: [id] };
}

/** @type {(id: string, results: boolean, texts: Texts) => Piece} */
function lensPiece(id, results, texts) {
  const { name, discuss } = texts.lenses[id];
  const first = results
    ? say("Read out the result of this lens. Then read out its question.")
    : say("Read out the question. Hear examples before opinions.");
  return { kind: "lens", title: name, say: first, details: [read(discuss)], lens: id };
}

/** @type {(text: string) => string} */
const read = (text) => say("Read out: {text}", { text });

// The exercise

/**
 * @typedef {object} Between What the middle of a meeting is chosen from.
 * @property {string[]} ids - The questions of `discuss`.
 * @property {string[]} agreed - Those for which a level is agreed.
 * @property {boolean} settled - Whether all are close.
 * @property {Piece[]} topics - What to talk about.
 * @property {Fields} view
 * @property {Texts} texts
 * @property {number} minutes - Of the meeting.
 * @property {number} room - Minutes that are left for it.
 * @property {Length} length
 */

/** @type {(from: Between) => Timed[]} */
function talksAndExercise(from) {
  const { agreed, settled, topics, view, texts, room, length } = from;
  const found = chooseExercise(from);
  const left = room - (found ? texts.exercises[found].minutes : 0);
  const count = Math.min(topics.length, length.most, Math.max(length.least, Math.floor(left / length.talk)));
  const each = Math.min(length.talk, Math.floor(left / count));
  const talks = topics.slice(0, count).map((piece) => timed(piece, each));
  const about = settled ? agreed : talks.flatMap(({ indicators = [] }) => indicators);
  return found ? [...talks, exercise(found, about, view.sheets.own, texts)] : talks;
}

/** @type {(from: Between) => string | undefined} Its id. */
function chooseExercise({ ids, agreed, settled, topics, view, texts, minutes, room, length }) {
  const least = Math.min(length.least, topics.length);
  return (settled ? agreed : ids.slice(0, length.most))
    .flatMap((indicator, at) => {
      // For the sake of a later question, the talks get no shorter.
      const talks = settled || at < least ? least * TALK[0] : (at + 1) * length.talk;
      return texts.indicators[indicator].exercises.map((id) => ({ id, talks }));
    })
    .find(({ id, talks }) => {
      const exercise = of(texts.exercises, id);
      if (!exercise || exercise.minutes < SHORTEST || exercise.minutes * SHARE > minutes) return false;
      const { length: numbers, 0: fewest = 0 } = sizes(exercise);
      return talks + exercise.minutes <= room && numbers !== 1 && fewest <= view.sheets.own;
    })?.id;
}

/** @type {(exercise: Exercise) => number[]} The fewest people and the most, as far as there are numbers. */
const sizes = ({ group_size }) => (group_size.match(/\d+/g) ?? []).map(Number);

/** @type {(id: string, about: string[], people: number, texts: Texts) => Timed} */
function exercise(id, about, people, { exercises, indicators }) {
  const { name, minutes, purpose, group_size, steps } = exercises[id];
  const groups = say("Make groups of that size. At the end each tells the others one thing.");
  return {
    kind: "exercise",
    title: name,
    say: say("Read out what the exercise is for. Then follow its steps."),
    details: [
      purpose,
      say("Group size: {group_size}", { group_size }),
      ...(people > (sizes(exercises[id])[1] ?? people) ? [groups] : []),
      ...steps.map((step) =>
        sayCount(step.minutes, { one: "{count} minute: {what}", other: "{count} minutes: {what}" }, { what: step.do }),
      ),
    ],
    exercise: id,
    indicators: about.filter((each) => indicators[each].exercises.includes(id)),
    minutes,
  };
}

// The fixed parts

/** @type {() => string[]} After Goss: each person probably sees something true. */
const groundRules = () => [
  say("Everyone is probably right about something."),
  say("Speak from an example: when it was, and what happened."),
  say("No one is asked which answer was theirs."),
  say("What is said in this room stays in this room."),
  say("Anyone may ask for a pause."),
  say("The question may change. If it does, we say so."),
];

/** @type {() => Piece} */
const welcome = () => ({
  kind: "welcome",
  title: say("Welcome and ground rules"),
  say: say("Say why you meet and when you finish. Read out the ground rules."),
  details: [
    say("Ask whether anyone needs another rule."),
    say("Ask who keeps the time and who writes."),
    say("Say that the answers judge no one."),
  ],
});

/** @type {(view: Fields, framework: Framework, texts: Texts) => Piece} */
const look = (view, framework, texts) => ({
  kind: "look",
  title: say("A quiet look at the results"),
  say: say("Give everyone the results. Each person reads alone, and no one talks."),
  details: [
    say("Ask each person to mark one result that surprises them."),
    ...headlinesOf(framework, texts)
      .filter((id) => isBlind(of(view.lenses, id)))
      .map((id) => say("Point out {lens}: others may see less than you do.", { lens: texts.lenses[id].name })),
  ],
});

/** @type {(lens: Fields | undefined) => boolean} */
const isBlind = (lens) =>
  Object.values(lens?.dimensions ?? {}).some(({ others }) => others?.finding === "possible-blind-spot");

/** @type {() => Piece} */
const round = () => ({
  kind: "round",
  title: say("What surprised us"),
  say: say("Go round once. Each person names one surprise, and no one replies yet."),
  details: [say("Let the newest person begin."), say("Anyone may pass.")],
});

/** @type {(view: Fields) => Piece} */
const why = ({ minimum_group: count }) => ({
  kind: "why",
  title: say("Why there are no results yet"),
  say: say("Ask what would make it easier or safer to answer. No one says whether they answered."),
  details: [
    ...(count ? [say("The fewest people for whom results are shown: {count}.", { count })] : []),
    say("Ask who has not yet been invited."),
    say("Ask whether people know who can read their answers."),
  ],
});

/** @type {(ids: string[], texts: Texts) => Piece} */
const agree = (ids, texts) => ({
  kind: "agree",
  title: say("Agree a level"),
  say: say("Ask which level fits best. Agree on one, and do not average."),
  details: [
    ...ids.map((id) => read(texts.indicators[id].question)),
    say("Take {minutes} minutes for each question. Write down the level, and why.", { minutes: AGREE }),
    say("If you cannot agree, write down both levels and go on."),
  ],
  indicators: ids,
});

/** @type {() => Piece} */
const plan = () => ({
  kind: "plan",
  title: say("One request and one commitment"),
  say: say("Agree one request and one commitment. Write down who, and by when."),
  details: [
    say("Request: whom do we ask, for what, and by when?"),
    say("Commitment: what do we do, who does it, and by when?"),
    say("Ask what the people it is for would notice."),
  ],
});

/** @type {(texts: Texts) => Piece} With one closing question, so that there is time for everyone's answer. */
const close = ({ closing }) => ({
  kind: "close",
  title: say("Close"),
  say: closing.length
    ? say("Read out the question. Each person answers in one sentence.")
    : say("Ask each person to say in one sentence what they will do next."),
  details: [
    ...closing.slice(0, 1).map(read),
    say("Agree the date to look again, and write it down. Six months from now is usual."),
  ],
});

/** @type {(minutes: number) => Timed} */
const rest = (minutes) => ({
  kind: "break",
  title: say("Break"),
  say: say("Say at what time you go on."),
  details: [],
  minutes,
});

/** @type {(minutes: number) => Timed} */
const open = (minutes) => ({
  kind: "open",
  title: say("What else matters"),
  say: say("Ask what else the group needs to talk about today. The group chooses."),
  details: [say("If there is nothing else, finish early.")],
  minutes,
});

/** @type {(results: boolean, parts: Timed[], texts: Texts) => string[]} Each once. */
const materials = (results, parts, { exercises }) => [
  ...new Set([
    results ? say("The results, one copy for each person") : say("The questions, one copy for each person"),
    say("Paper and a pen for each person"),
    say("A clock that everyone can see"),
    ...parts.flatMap(({ exercise }) => (exercise ? exercises[exercise].materials : [])),
  ]),
];

// The times

/** @type {(piece: Piece, minutes: number) => Timed} */
const timed = (piece, minutes) => ({ ...piece, minutes });

/** @type {(parts: Timed[]) => number} */
const total = (parts) => parts.reduce((sum, { minutes }) => sum + minutes, 0);

/**
 * Give the parts the time that is left.
 *
 * @param {Timed[]} parts - Changed.
 * @param {number} left - Minutes.
 * @param {(kind: Kind) => number} most - The most that a part may take.
 */
function fill(parts, left, most) {
  for (const kind of FILLED)
    for (const part of parts.filter((each) => each.kind === kind)) {
      const more = Math.min(left, most(kind) - part.minutes);
      part.minutes += more;
      left -= more;
    }
  const at = parts.findIndex(({ kind }) => kind === "agree" || kind === "plan");
  if (left >= SHORTEST) parts.splice(at, 0, open(left));
  else parts[parts.length - 2].minutes += left; // The plan.
}

/** @type {(parts: Timed[], minutes: number, pause: number) => number} Where a break is nearest to the middle. */
function middle(parts, minutes, pause) {
  const distance = (/** @type {number} */ at) => Math.abs(2 * total(parts.slice(0, at)) + pause - minutes);
  return parts.map((_, at) => at).reduce((best, at) => (distance(at) < distance(best) ? at : best));
}

/** @type {(parts: Timed[], start?: string) => Part[]} */
function placed(parts, start = "") {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(start) ?? [];
  return parts.map((part, index) => {
    const at = total(parts.slice(0, index));
    return { at, ...(hours && { clock: clock(Number(hours) * 60 + Number(minutes) + at) }), ...part };
  });
}

/** @type {(minutes: number) => string} The time of day, so many minutes after a midnight. */
const clock = (minutes) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((each) => String(each).padStart(2, "0")).join(":");
