import { act, renderHook, waitFor } from '@testing-library/react';

import { useBody } from './useBody';

jest.mock('../core/load', () => ({ loadCore: () => Promise.resolve({}) }));
jest.mock('../components/CorePanel', () => ({ __esModule: true, default: () => null }));

test('a panel whose first effect runs after the body has arrived has it all the same', async () => {
  const first = renderHook(() => useBody(0));
  let second: ReturnType<typeof renderHook<ReturnType<typeof useBody>, unknown>> | undefined;
  // The second is rendered in the same act in which the body of the first arrives.
  await act(async () => {
    second = renderHook(() => useBody(0));
    await Promise.resolve();
  });
  await waitFor(() => expect(first.result.current.Body).toBeDefined());
  await waitFor(() => expect(second?.result.current.Body).toBe(first.result.current.Body));
});
