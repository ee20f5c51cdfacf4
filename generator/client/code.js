/**
 * A sheet as a code that a link or a message can carry: deflated, in base64url. Fetched only when somebody makes or opens one.
 */
import { RefusedSheet } from "#client/reading.js";
import { say } from "#client/words.js";

/** How many bytes are inflated at a time. Each can become a thousand, and browsers inflate all that they are given. */
const PIECE = 1024;

/**
 * Make a code.
 *
 * @param {string} text - Any.
 * @returns {Promise<string>} Letters, digits, `-` and `_`.
 */
export async function encode(text) {
  const deflated = new Blob([new TextEncoder().encode(text)])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Read a code.
 *
 * @param {string} code - From anywhere.
 * @param {number} most - How many bytes it may hold. No more are read.
 * @returns {Promise<ArrayBuffer>} What it holds.
 * @throws {RefusedSheet} When it holds more, or is no code or only part of one.
 */
export async function decode(code, most) {
  const parts = [];
  let length = 0;
  try {
    const reader = inflated(bytesOf(code)).getReader();
    while (length <= most) {
      const { done, value } = await reader.read();
      if (done) return new Blob(parts).arrayBuffer();
      parts.push(value);
      length += value.length;
    }
    reader.cancel().catch(() => {});
  } catch {
    throw refused(say("This is no code of a sheet, or part of it is missing. Copy all of it, and try again."));
  }
  throw refused(say("This code holds more than a sheet can hold."));
}

/** @type {(reason: string) => Error} */
const refused = (reason) => new RefusedSheet([reason]);

/** @type {(code: string) => Uint8Array<ArrayBuffer>} */
function bytesOf(code) {
  if (!/^[\w-]+$/.test(code)) throw new Error(code);
  const letters = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** @type {(bytes: Uint8Array<ArrayBuffer>) => ReadableStream<Uint8Array<ArrayBuffer>>} */
function inflated(bytes) {
  let at = 0;
  /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
  const pieces = new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + PIECE));
      at += PIECE;
      if (at >= bytes.length) controller.close();
    },
  });
  return pieces.pipeThrough(new DecompressionStream("deflate-raw"));
}

/**
 * Find the code in what a person pasted: a link, the end of one, or the code itself, as mail programs break and mark them.
 *
 * @param {string} text - With one link or code.
 * @returns {string} The code; empty, if there is none.
 */
export function codeIn(text) {
  // Marks of a quoted answer, then white space and what is invisible.
  const plain = text.replace(/^[\s>]+/gm, "").replace(/[\s\p{Cc}\p{Cf}]/gu, "");
  const found = /sheet(?:=|%3D)([\w-]+)/i.exec(plain) ?? /^<?([\w-]+)>?$/.exec(plain);
  return found?.[1] ?? "";
}
