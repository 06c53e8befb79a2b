// A text's own quotation marks into those that they are within “…”, as bot/answers/marks.py does it: a letter for a letter.

const CLOSES = { "“": "”", "„": "“", "‘": "’", '"': '"' };
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/u;

const opens = (letters, at) => "“„".includes(letters[at]) || !(WORD.test(letters[at - 1] ?? "") || SPACE.test(letters[at + 1] ?? ""));

function closes(letters, at, last) {
  if (letters[at] === "’") return last === "‘" && !WORD.test(letters[at + 1] ?? "") && !SPACE.test(letters[at - 1]);
  return letters[at] !== '"' || !(SPACE.test(letters[at - 1]) || WORD.test(letters[at + 1] ?? ""));
}

export function nested(text) {
  const letters = Array.from(text);
  const made = [...letters];
  const opened = [];
  letters.forEach((letter, at) => {
    const begun = opened.findLast((one) => CLOSES[letters[one]] === letter);
    if (begun !== undefined && closes(letters, at, letters[opened.at(-1)])) {
      opened.length = opened.indexOf(begun);
      const [first, last] = opened.length % 2 ? "“”" : "‘’";
      const low = letters[begun] === "„";
      made[begun] = low ? { "‘": "‚", "“": "„" }[first] : first;
      made[at] = low ? first : last;
    } else if (letter in CLOSES && opens(letters, at)) opened.push(at);
  });
  return made.join("");
}
