/** What begins a line with a colon, and speaks in no dialogue: in the languages that most scripts are in. */
const LABELS = new Set(
  [
    "note notes nb n.b tip tips hint hints info information important warning warnings caution danger attention example examples",
    "todo fixme done update edit summary tl dr tldr title subtitle author authors date time duration place location scene act setting",
    "usage install installation license licence version requirements see source sources reference references link links step steps",
    "ps p.s pps re fwd cc bcc to from subject sfx fx music sound vo cut fade in out dissolve int ext narration figure table chapter part section",
    "topic agenda goal goals result results output input default defaults returns parameters arguments options added changed fixed",
    "type types description yields throws params alias minimum maximum full changelog features breaking changes new",
    "removed deprecated security remember question questions answer answers faq url http https ftp mailto file",
    "hinweis hinweise anmerkung achtung wichtig tipp beispiel beispiele quelle quellen titel autor datum ort zeit szene akt musik",
    "ton schnitt zusammenfassung siehe schritt frage antwort",
    "remarque exemple attention astuce conseil résumé auteur titre musique son",
    "nota ejemplo atención consejo resumen autor título música",
    "esempio attenzione riassunto autore titolo musica",
    "注 注意 备注 提示 例 例如 说明 标题 作者 音乐 旁注",
  ].flatMap((words) => words.split(" ")),
);

/** Whether what stands before a colon is a label, such as `Note` or `Step 2`, and no speaker. */
export function isLabel(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[ \t]+/)
    .every((word) => LABELS.has(word.replace(/\.$/, "")) || /^\d+$/.test(word));
}
