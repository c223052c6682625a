import { parseMetrics } from './metrics';

describe('parseMetrics', () => {
  test('each line gives a query its metric', () => {
    const { byRefId, errors } = parseMetrics(
      'B = queueing_latency_ms_sum\n  my query=flyte:node:queueing_latency_ms_count  '
    );
    expect(byRefId).toEqual({ B: 'queueing_latency_ms_sum', 'my query': 'flyte:node:queueing_latency_ms_count' });
    expect(errors).toEqual([]);
  });

  test('empty lines and comments say nothing', () => {
    expect(parseMetrics('\n# B = x\n\r\n')).toEqual({ byRefId: {}, errors: [] });
  });

  test.each(['B', 'B =', '= x', 'B = two words', 'B = sum(x)'])('"%s" is an error that names its line', (line) => {
    const { byRefId, errors } = parseMetrics(`A = a\n${line}`);
    expect(byRefId).toEqual({ A: 'a' });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('line 2');
    expect(errors[0]).toContain(line);
  });

  test('a second metric for a query is an error and the first one stays', () => {
    const { byRefId, errors } = parseMetrics('A = a\nA = b');
    expect(byRefId).toEqual({ A: 'a' });
    expect(errors[0]).toContain('line 2');
  });
});
