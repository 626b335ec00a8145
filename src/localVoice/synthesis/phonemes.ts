/** Flite's American phones in the International Phonetic Alphabet, which the service's phoneme timestamps are written in. */
const ipa: Readonly<Record<string, string>> = {
  aa: "ɑ",
  ae: "æ",
  ah: "ʌ",
  ao: "ɔ",
  aw: "aʊ",
  ax: "ə",
  axr: "ɚ",
  ay: "aɪ",
  ch: "tʃ",
  dh: "ð",
  eh: "ɛ",
  er: "ɝ",
  ey: "eɪ",
  g: "ɡ",
  hh: "h",
  ih: "ɪ",
  iy: "i",
  jh: "dʒ",
  ng: "ŋ",
  ow: "oʊ",
  oy: "ɔɪ",
  r: "ɹ",
  sh: "ʃ",
  th: "θ",
  uh: "ʊ",
  uw: "u",
  y: "j",
  zh: "ʒ",
};

/** A phone's sign, by Flite's name of it; most consonants are called as they are written. */
export function phonemeOf(name: string): string {
  return Object.hasOwn(ipa, name) ? (ipa[name] ?? name) : name;
}
