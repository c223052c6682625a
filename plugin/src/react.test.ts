import { renderHook } from '@testing-library/react';
import { version, useState } from 'react';
import { version as domVersion } from 'react-dom';

/** Set by jest.config.js, for each of its projects. */
declare const reactMajor: string;

test('all tests run with the React that Grafana before 13.2 brings, and with the one since', () => {
  expect(version.split('.')[0]).toBe(reactMajor);
  expect(domVersion).toBe(version);
  // The one that renders is the one that is imported, or there would be no state.
  expect(renderHook(() => useState(1)[0]).result.current).toBe(1);
});
