import { askSample } from './sample.ts';

// A file for each worker.
askSample('even');
