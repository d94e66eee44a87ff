// Real processes on a small machine take their time: what a test waits for is bounded by the test itself.

jest.setTimeout(120_000);
