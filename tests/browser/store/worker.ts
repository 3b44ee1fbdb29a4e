import { expose } from 'comlink';
import { StoreTab } from './store-tab.ts';

expose(new StoreTab());
