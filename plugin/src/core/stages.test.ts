import { parseStages } from './stages';

describe('parseStages', () => {
  test('nothing written changes nothing', () => {
    expect(parseStages(' \n')).toEqual({});
  });

  test('comments and trailing commas are read over', () => {
    const text = '{\n  // mine\n  "stages": [{ "name": "Upload", "metric": "upload_ms", }],\n}';
    expect(parseStages(text)).toEqual({ json: { stages: [{ name: 'Upload', metric: 'upload_ms' }] } });
  });

  test.each([
    ['{\n  "stages": [\n    { "name" "Upload" }\n  ]\n}', 'line 3, column 14: no JSON (colon expected)'],
    ['{\n  "stages": [', 'line 2, column 14: no JSON (close bracket expected)'],
    ['{ stages: [] }', 'line 1, column 3: no JSON (invalid symbol)'],
  ])('%j is an error that names its line', (text, where) => {
    const { json, error } = parseStages(text);
    expect(json).toBeUndefined();
    expect(error).toContain(where);
  });
});
