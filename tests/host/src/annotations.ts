/**
 * Annotations: genuine layers of scenes over queries of Prometheus. What is an event is decided here, as Grafana's
 * documentation has it: a sample above zero is one, and those that follow each other without a gap are one region.
 */
import type { AnnotationEvent, AnnotationQuery, AnnotationSupport, DataFrame } from '@grafana/data';
import { dataLayers, SceneDataLayerSet } from '@grafana/scenes';
import { omit } from 'lodash';
import { of } from 'rxjs';
import { DATA_SOURCE } from './dataSourceSettings';
import type { PrometheusQuery } from './prometheusFrames';
import type { ViewAnnotation } from './view';

const DEFAULT_STEP = '1m';

export function annotationLayers(annotations: ViewAnnotation[]): SceneDataLayerSet {
  const layers = annotations.map(({ name, color = 'red', expr, step = DEFAULT_STEP }) => {
    const query = { name, enable: true, iconColor: color, datasource: { uid: DATA_SOURCE.uid }, expr, step };
    return new dataLayers.AnnotationsDataLayer({ name, query });
  });
  return new SceneDataLayerSet({ layers });
}

export const annotationSupport: AnnotationSupport<PrometheusQuery> = {
  prepareQuery: ({ expr, step }: AnnotationQuery<PrometheusQuery>) => ({
    ...{ refId: 'Anno', expr, interval: step, range: true, instant: false, legendFormat: '__auto' },
  }),
  processEvents: (annotation, frames) => of(frames.flatMap((frame) => eventsOf(annotation, frame))),
};

function eventsOf({ name }: AnnotationQuery<PrometheusQuery>, frame: DataFrame): AnnotationEvent[] {
  const [time, value] = frame.fields;
  // Prometheus says of every series how far apart its samples are.
  const step = (time?.config.interval as number | undefined) ?? 0;
  const tags = Object.entries(omit(value?.labels, '__name__')).map(([key, of]) => `${key}: ${of}`);
  const events: AnnotationEvent[] = [];
  for (let row = 0; row < frame.length; row += 1) {
    const at = time?.values[row] as number;
    if (!(Number(value?.values[row]) > 0)) {
      continue;
    }
    const last = events.at(-1);
    if (last && at - (last.timeEnd ?? NaN) <= step) {
      Object.assign(last, { timeEnd: at, isRegion: true });
    } else {
      events.push({ time: at, timeEnd: at, isRegion: false, title: name, text: tags.join(', '), tags });
    }
  }
  return events;
}
