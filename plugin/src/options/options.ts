import { type PanelOptionsEditorBuilder } from '@grafana/data';

import { type Options } from '../types';
import { addData } from './data';
import { addLegend } from './legend';
import { addLinks } from './links';
import { addPicture } from './picture';
import { addRows } from './rows';
import { addTargets } from './targets';

/** What the user can set in the panel's editor. */
export function addOptions(builder: PanelOptionsEditorBuilder<Options>): void {
  addPicture(builder);
  addRows(builder);
  addTargets(builder);
  addLegend(builder);
  addLinks(builder);
  addData(builder);
}
