/**
 * The invitation that a facilitator sends to a team.
 *
 * @typedef {import("#client/sheet.js").Asked} Asked
 */
import { encode } from "#client/code.js";
import { sayDay } from "#client/counts.js";
import { fileOf, newSheet } from "#client/sheet.js";
import { say } from "#client/words.js";

/**
 * Write it.
 *
 * @param {Asked} asked - The form.
 * @param {HTMLAnchorElement} $form - Leads to it.
 * @param {{team: string, work: string, day: string, mode: string, minimum: string, others: string}} agreed - What was prepared.
 * @returns {Promise<string>} Paragraphs.
 */
export async function invitation(asked, $form, { team, work, day, mode, minimum, others }) {
  const link = await linkTo(asked, $form, { team, work, perspective: others ? "others" : "own" });
  const known = { team: team || say("the team"), work, minimum, day: day && sayDay(`${day}T00:00`) };
  const lines = [
    others ? say("To those who work with {team}", known) : say("To all in {team}", known),
    work
      ? say("We take a look at how we work together: {work}.", known)
      : say("We take a look at how we work together."),
    say("Please answer for yourself, as things are now. There are no right answers. “Not sure” is an answer too."),
    say("The questions: {link}", { link }),
    day
      ? say("When you have finished, choose “Download my answers” and send me the file by {day}.", known)
      : say("When you have finished, choose “Download my answers” and send me the file."),
    say(
      "Or send me a code, and not to the chat of a meeting, where all can read it: under the results, open “A summary, a spreadsheet, a link …” and choose “Make a short code”.",
    ),
    say("I can read each sheet that is sent to me, and I pass none of them on. Please name nobody in your notes."),
    mode === "open"
      ? say("We look at the answers together, openly: everyone sees everything. If you do not agree, tell me first.")
      : say(
          "We look at the answers together, and anonymously: nothing is shown about fewer than {minimum} people.",
          known,
        ),
  ];
  const about = say(
    "Answer about {team} as you see it from where you are. Where a question says we, it means them.",
    known,
  );
  if (others) lines.splice(2, 0, about);
  return lines.join("\n\n");
}

/** @type {(asked: Asked, $form: HTMLAnchorElement, scope: {team: string, work: string, perspective: "own" | "others"}) => Promise<string>} */
async function linkTo(asked, $form, scope) {
  if (!scope.team && !scope.work && scope.perspective === "own") return $form.href;
  // An empty sheet that says what it is about; each person's begins when it is opened.
  const { created, changed, ...sheet } = Object.assign(newSheet(asked), scope);
  try {
    return `${$form.href}#sheet=${await encode(fileOf(/** @type {any} */ (sheet)))}`;
  } catch {
    return $form.href; // an old browser: people write themselves what they answer about
  }
}
