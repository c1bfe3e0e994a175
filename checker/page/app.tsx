import { useState } from 'preact/hooks';
import type { Exhibit } from '../report/exhibit.ts';
import { AboutPanel } from './about-panel.tsx';
import { ClaimsTable } from './claims-table.tsx';
import { Header } from './header.tsx';
import { LedgerPanel } from './ledger-panel.tsx';
import { LiveView } from './live-view.tsx';
import { placeInAddress, rememberPlace } from './place-in-address.ts';
import { RunView } from './run-view.tsx';
import { ScopesTable } from './scopes-table.tsx';

/** The page: what was asked and what came out, then one run at a time. */
export function App({ exhibit }: { readonly exhibit: Exhibit }) {
  const { runs } = exhibit;
  const [place, setPlace] = useState(() => placeInAddress(runs));
  const run = runs[place.run];
  const go = (to: typeof place) => {
    setPlace(to);
    rememberPlace(runs, to);
  };
  return (
    <>
      <Header
        exhibit={exhibit}
        run={place.run}
        onRun={(index) => go({ run: index, position: runs[index]!.recording.steps.length })}
      />
      {exhibit.live !== undefined ? (
        <LiveView exhibit={exhibit} live={exhibit.live} />
      ) : run === undefined ? (
        <main class="plain">
          <ScopesTable scopes={exhibit.scopes} />
          <ClaimsTable claims={exhibit.claims} />
          {exhibit.ledger !== undefined && (
            <LedgerPanel ledger={exhibit.ledger} canary={exhibit.canary ?? null} />
          )}
          <AboutPanel exhibit={exhibit} run={run} />
        </main>
      ) : (
        <RunView
          key={run.name}
          exhibit={exhibit}
          run={run}
          position={place.position}
          onPosition={(position) => go({ run: place.run, position })}
        />
      )}
    </>
  );
}
