// Package domain is the fund itself: its nouns and its rules, and nothing else.
// It opens no file, no socket and no transaction, and it asks nobody the time.
package domain

import "github.com/google/uuid"

// Role is a word of policy/policy.csv. A person has it by a dated fact, never by
// a setting.
type Role string

const (
	Public        Role = "public"
	Applicant     Role = "applicant"
	FocalPoint    Role = "focal-point" // endorses for a state
	Member        Role = "member"      // represents an organisation on the decision body
	Coordinator   Role = "coordinator" // chairs the body
	Secretariat   Role = "secretariat"
	AgentPreparer Role = "agent-preparer"
	AgentReleaser Role = "agent-releaser"
	PUNO          Role = "organisation" // a participating organisation's finance focal point
	Contributor   Role = "contributor"
	Auditor       Role = "auditor"
	Administrator Role = "administrator"
	Expert        Role = "expert"   // gives technical advice where it is asked for, and reads what it is about
	Operator      Role = "operator" // whoever holds the program's own machine: the command line
)

// Capacity is how a member represents the organisation.
type Capacity string

const (
	Representative Capacity = "representative"
	Alternate      Capacity = "alternate"
	Adviser        Capacity = "adviser" // reads, and never decides
)

// Scope is how far an act reaches: any object, or those of one's own organisation.
type Scope string

const (
	Any Scope = "any"
	Own Scope = "own"
)

// Hat is what a session is worn under: one role for one organisation. Policy
// judges the hat; rules of two people compare persons.
type Hat struct {
	Membership   uuid.UUID
	Organisation uuid.UUID
	Code         string // the organisation's
	Name         string // what people call the organisation
	Role         Role
	Capacity     Capacity
}

// Actor is a person under a hat, and how far policy lets the act at hand reach.
// The zero Actor is the public.
type Actor struct {
	Person uuid.UUID
	Hat    Hat
	Scope  Scope
}

// Reaches tells whether something of these organisations lies within the act's
// reach. What does not is missing to the actor, not forbidden.
func (a Actor) Reaches(organisations ...uuid.UUID) bool {
	if a.Scope == Any {
		return true
	}
	if a.Scope != Own || a.Hat.Organisation == uuid.Nil {
		return false
	}
	for _, o := range organisations {
		if o == a.Hat.Organisation {
			return true
		}
	}
	return false
}
