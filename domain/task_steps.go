package domain

// What waits on whoever presides over a question in writing, or steers one without consensus.
var (
	putDuty        = duty{"question.put", []string{"question.open"}}
	unresolvedDuty = duty{"ladder.begin", []string{"question.unresolve"}}
	ladderDuty     = duty{"ladder.step", []string{"ladder.climb", "ladder.return", "ladder.end"}}
)

// ScoreAgain is the kind of a task to score where a second round is open: the act is the same.
const ScoreAgain = "proposal.score-again"
