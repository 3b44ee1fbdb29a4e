import { compareCodePoints } from '../canon/code-point.ts';
import { FINDINGS, type FindingCode, type FindingParameters } from './findings.ts';
import {
  COLLECTION_ISSUES,
  type CollectionIssue,
  type CollectionIssueCode,
  type CollectionIssueParameters,
} from './issues.ts';
import type { Finding } from './manifest.ts';
import type { Place } from './yaml/positions.ts';

/** Gathers what is found while one document is read or compiled; everything is kept, not just the first. */
export class Report {
  readonly #issues: CollectionIssue[] = [];
  readonly #findings: Finding[] = [];

  /** Records a problem that makes the document unusable. */
  issue<Code extends CollectionIssueCode>(code: Code, parameters: CollectionIssueParameters[Code], place: Place): void {
    this.#issues.push({ code, parameters, message: COLLECTION_ISSUES[code](parameters), ...place });
  }

  /** Records something that does not stop it. */
  finding<Code extends FindingCode>(code: Code, parameters: FindingParameters[Code], place: Place): void {
    this.#findings.push({
      code,
      message: FINDINGS[code](parameters),
      line: place.line,
      column: place.column,
    });
  }

  get failed(): boolean {
    return this.#issues.length > 0;
  }

  /** All problems in the order of the text. */
  get issues(): readonly CollectionIssue[] {
    return [...this.#issues].sort(
      (a, b) => compareCodePoints(a.file, b.file) || a.line - b.line || a.column - b.column,
    );
  }

  /** All findings in the order of the text. */
  get findings(): readonly Finding[] {
    return [...this.#findings].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
