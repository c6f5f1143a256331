import beaker from '@vscode/codicons/src/icons/beaker.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import circle from '@vscode/codicons/src/icons/circle.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import clock from '@vscode/codicons/src/icons/clockface.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import code from '@vscode/codicons/src/icons/code.svg';
import database from '@vscode/codicons/src/icons/database.svg';
import stop from '@vscode/codicons/src/icons/debug-stop.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import fileText from '@vscode/codicons/src/icons/file-text.svg';
import goToFile from '@vscode/codicons/src/icons/go-to-file.svg';
import graphLine from '@vscode/codicons/src/icons/graph-line.svg';
import history from '@vscode/codicons/src/icons/history.svg';
import listFlat from '@vscode/codicons/src/icons/list-flat.svg';
import loading from '@vscode/codicons/src/icons/loading.svg';
import megaphone from '@vscode/codicons/src/icons/megaphone.svg';
import passFilled from '@vscode/codicons/src/icons/pass-filled.svg';
import play from '@vscode/codicons/src/icons/play.svg';
import preview from '@vscode/codicons/src/icons/open-preview.svg';
import pulse from '@vscode/codicons/src/icons/pulse.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import runAll from '@vscode/codicons/src/icons/run-all.svg';
import screenFull from '@vscode/codicons/src/icons/screen-full.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import symbolClass from '@vscode/codicons/src/icons/symbol-class.svg';
import symbolMethod from '@vscode/codicons/src/icons/symbol-method.svg';
import sync from '@vscode/codicons/src/icons/sync.svg';
import table from '@vscode/codicons/src/icons/table.svg';
import target from '@vscode/codicons/src/icons/target.svg';
import hierarchy from '@vscode/codicons/src/icons/type-hierarchy-sub.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import zoomIn from '@vscode/codicons/src/icons/zoom-in.svg';
import zoomOut from '@vscode/codicons/src/icons/zoom-out.svg';

/** SVG text of the codicons the pages use: sixteen pixels, drawn in the text's colour. */
export const icons = {
  beaker,
  check,
  chevronDown,
  chevronRight,
  circle,
  circleSlash,
  clock,
  close,
  code,
  database,
  error,
  fileText,
  goToFile,
  graphLine,
  hierarchy,
  history,
  listFlat,
  loading,
  megaphone,
  passFilled,
  play,
  preview,
  pulse,
  refresh,
  runAll,
  screenFull,
  search,
  stop,
  symbolClass,
  symbolMethod,
  sync,
  table,
  target,
  warning,
  zoomIn,
  zoomOut,
} as const;

export type IconName = keyof typeof icons;
