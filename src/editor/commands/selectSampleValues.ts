import * as vscode from "vscode";
import { sampleFileNames } from "../../script/frontMatter/sampleFiles.ts";
import type { Words } from "../../script/model/script.ts";
import { variableNames } from "../../script/transcript/variables.ts";
import { showInformation, showWarning } from "../common/notifications.ts";
import { fileNameOf } from "../common/documentText.ts";
import { pickOne } from "../common/quickInputs.ts";
import type { SampleValues } from "../common/sampleValues.ts";

interface SetItem extends vscode.QuickPickItem {
  readonly set: string;
}

/** *Select Sample Values…*: asks which set fills a script's variables. Offers to make a file of sets where there is none. */
export async function selectSampleValues(
  document: vscode.TextDocument,
  samples: SampleValues,
): Promise<void> {
  if (document.isUntitled) {
    void showInformation(
      vscode.l10n.t("Save the script first: sample values are kept in a file beside it."),
    );
    return;
  }
  const file = await samples.fileOf(document.uri);
  if (!file) return offerFile(document);
  const [fault] = file.faults;
  if (fault !== undefined) {
    const name = fileNameOf(file.uri);
    void showWarning(vscode.l10n.t("{0}: {1}", name, fault));
  }
  const chosen = samples.chosen(document.uri);
  const inUse = (set: string): { description?: string } =>
    set === chosen ? { description: vscode.l10n.t("in use") } : {};
  const items: SetItem[] = [...file.sets].map(([set, values]) => ({
    set,
    label: set,
    detail: describe(values),
    ...inUse(set),
  }));
  items.push({
    set: "",
    label: vscode.l10n.t("No Sample Values"),
    detail: vscode.l10n.t("Use only the values of the front matter"),
    ...inUse(""),
  });
  const picked = await pickOne(items, {
    title: vscode.l10n.t("Sample values for {0}", fileNameOf(document.uri)),
    placeHolder: vscode.l10n.t("They override the values of the front matter"),
    matchOnDetail: true,
  });
  if (picked) await samples.choose(document.uri, picked.set);
}

function describe(values: Words): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}

async function offerFile(document: vscode.TextDocument): Promise<void> {
  const [name = ""] = sampleFileNames(fileNameOf(document.uri));
  const create = vscode.l10n.t("Create File");
  const chosen = await showInformation(
    vscode.l10n.t("This script has no sample values: they lie beside it, in {0}.", name),
    create,
  );
  if (chosen !== create) return;
  const lines = variableNames(document.getText()).map((variable) => `  # ${variable}: \n`);
  const uri = vscode.Uri.joinPath(document.uri, "..", name);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, {
    ignoreIfExists: true,
    contents: Buffer.from(`default:\n${lines.join("")}`),
  });
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(uri);
}
