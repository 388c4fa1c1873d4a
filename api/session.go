package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// cookieName is bound to the host where the fund is reached by https; a browser
// takes no such cookie on plain http, where only a trial runs.
func (s *Server) cookieName() string {
	if s.Secure {
		return "__Host-fund"
	}
	return "fund"
}

// markCookie tells a page which session it is in, and opens nothing: what the
// page kept in another's is not shown in this one (frontend/src/draft/shelf.ts).
const markCookie = "fund-mark"

// markOf names a session without its token.
func markOf(token store.Token) string {
	sum := sha256.Sum256([]byte(markCookie + string(token)))
	return hex.EncodeToString(sum[:8])
}

// setCookie gives the browser its token and the session's mark, or takes both
// away. They last as long as the browser runs; the fund ends the session sooner.
func (s *Server) setCookie(c *gin.Context, token store.Token) {
	cookie := http.Cookie{Name: s.cookieName(), Value: string(token), Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	mark := http.Cookie{Name: markCookie, Value: markOf(token), Path: "/app/", Secure: s.Secure, SameSite: http.SameSiteStrictMode}
	c.Writer.Header().Del("Set-Cookie") // the last word is the one
	for _, one := range []http.Cookie{cookie, mark} {
		if token == "" {
			one.Value, one.MaxAge = "", -1
		}
		http.SetCookie(c.Writer, &one)
	}
}

// atTheDoor are the acts for which an ended session is as good as none.
var atTheDoor = map[string]bool{"session.start": true, "session.end": true, "invitation.accept": true, "password.forget": true, "setup.read": true, "setup.do": true}

// who tells who is asking. Nobody signed in is the public; a session that ended
// is refused as such, so that a page can ask to sign in again and lose nothing.
func (s *Server) who(c *gin.Context, act string) (domain.Actor, error) {
	if r, ok := runOf(c.Request.Context()); ok {
		c.Set("language", r.Language)
		return r.By, nil
	}
	cookie, err := c.Request.Cookie(s.cookieName())
	if errors.Is(err, http.ErrNoCookie) {
		return domain.Actor{}, nil
	}
	session, err := s.Store.Session(c.Request.Context(), cookie.Value)
	if errors.Is(err, domain.ErrUnsigned) {
		s.setCookie(c, "")
		if atTheDoor[act] {
			return domain.Actor{}, nil
		}
	}
	if err != nil {
		return domain.Actor{}, err
	}
	c.Set("language", session.Language)
	c.Set("session", session)
	return session.Actor, nil
}

// session is the one that the request was made in.
func (a *asked) session() (store.Session, error) {
	if s, ok := a.Get("session"); ok {
		return s.(store.Session), nil
	}
	return store.Session{}, domain.ErrUnsigned
}

// address is where the request came from: the socket's other end, or what a
// proxy of ours says. Of IPv6 it is the network, since a client has many.
func (a *asked) address() string {
	text := a.ClientIP()
	if host, _, err := net.SplitHostPort(text); err == nil {
		text = host
	}
	ip, err := netip.ParseAddr(text)
	if err != nil {
		return "unknown"
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		return netip.PrefixFrom(ip, 64).Masked().String()
	}
	return ip.String()
}

type hatView struct {
	Membership   uuid.UUID       `json:"membership"`
	Organisation uuid.UUID       `json:"organisation"`
	Code         string          `json:"code"`
	Name         string          `json:"name"`
	Role         domain.Role     `json:"role"`
	Capacity     domain.Capacity `json:"capacity,omitempty"`
}

type sessionView struct {
	ID     uuid.UUID `json:"id"`
	Person struct {
		ID    uuid.UUID `json:"id"`
		Name  string    `json:"name"`
		Email string    `json:"email"`
	} `json:"person"`
	Language string           `json:"language"`
	Mail     store.MailChoice `json:"mail"`
	Failure  *mailFailureView `json:"mail_failure"`
	Hat      *hatView         `json:"hat"`
	Hats     []hatView        `json:"hats"`
	Expires  time.Time        `json:"expires_at"`
}

// mailFailureView tells that letters do not arrive, since when and what the mail
// server said.
type mailFailureView struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

func failureOf(at *time.Time, reason string) *mailFailureView {
	if at == nil {
		return nil
	}
	return &mailFailureView{at.UTC(), reason}
}

func hatOf(h domain.Hat) hatView {
	return hatView{h.Membership, h.Organisation, h.Code, h.Name, h.Role, h.Capacity}
}

// sessionOf shows who is signed in, the hats they hold today and the one worn.
func (s *Server) sessionOf(a *asked, in store.Session) (sessionView, error) {
	v := sessionView{ID: in.ID, Language: in.Language, Mail: in.Mail, Failure: failureOf(in.MailFailedAt, in.MailFailure), Hats: []hatView{}, Expires: in.Expires}
	v.Person.ID, v.Person.Name, v.Person.Email = in.Actor.Person, in.Name, in.Email
	if in.Actor.Hat.Membership != uuid.Nil {
		worn := hatOf(in.Actor.Hat)
		v.Hat = &worn
	}
	hats, err := s.Store.Hats(a, in.Actor)
	for _, h := range hats {
		v.Hats = append(v.Hats, hatOf(h))
	}
	return v, err
}

type signInRequest struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

func (s *Server) signIn(a *asked) (answer, error) {
	in, err := body[signInRequest](a)
	if err != nil {
		return answer{}, err
	}
	session, err := s.open(a, in.Email, in.Password)
	if err != nil {
		return answer{}, err
	}
	a.Set("language", session.Language)
	view, err := s.sessionOf(a, session)
	if err != nil {
		return answer{}, err
	}
	return made("/session", view, 0)
}

// open starts a session and gives the browser its cookie.
func (s *Server) open(a *asked, email, password string) (store.Session, error) {
	door := store.SignIn{Email: email, Password: password, Address: a.address(), Agent: a.Request.UserAgent()}
	if before, err := a.Request.Cookie(s.cookieName()); err == nil {
		door.Replaces = before.Value
	}
	token, err := s.Store.SignIn(a, door)
	if err != nil {
		s.Log.WarnContext(a, "sign-in refused", "err", err, "address", door.Address)
		return store.Session{}, err
	}
	session, err := s.Store.Session(a, string(token))
	if err != nil {
		return store.Session{}, err
	}
	s.setCookie(a.Context, token)
	return session, nil
}

func (s *Server) showSession(a *asked) (answer, error) {
	session, err := a.session()
	if err != nil {
		return answer{}, err
	}
	view, err := s.sessionOf(a, session)
	if err != nil {
		return answer{}, err
	}
	return shown(view)
}

// again shows the session as it is after a change.
func (s *Server) again(a *asked) (answer, error) {
	cookie, err := a.Request.Cookie(s.cookieName())
	if err != nil {
		return answer{}, domain.ErrUnsigned
	}
	session, err := s.Store.Session(a, cookie.Value)
	if err != nil {
		return answer{}, err
	}
	a.Set("session", session)
	return s.showSession(a)
}

type hatRequest struct {
	Membership uuid.UUID `json:"membership"`
}

func (s *Server) wearHat(a *asked) (answer, error) {
	session, err := a.session()
	if err != nil {
		return answer{}, err
	}
	in, err := body[hatRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.WearHat(a, a.ask, session.ID, in.Membership); err != nil {
		return answer{}, err
	}
	return s.again(a)
}

type languageRequest struct {
	Language string `json:"language"`
}

func (s *Server) setLanguage(a *asked) (answer, error) {
	if _, err := a.session(); err != nil {
		return answer{}, err
	}
	in, err := body[languageRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.SetLanguage(a, a.ask, in.Language); err != nil {
		return answer{}, err
	}
	return s.again(a)
}

type passwordRequest struct {
	Present  string `json:"present"`
	Password string `json:"password"`
}

func (s *Server) changePassword(a *asked) (answer, error) {
	session, err := a.session()
	if err != nil {
		return answer{}, err
	}
	in, err := body[passwordRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.ChangePassword(a, a.ask, session.ID, in.Present, in.Password, a.address()); err != nil {
		return answer{}, err
	}
	return done()
}

// signOut ends the session here and has the browser forget what it kept. Where
// it had ended already, that is as good.
func (s *Server) signOut(a *asked) (answer, error) {
	if err := s.endHere(a); err != nil {
		return answer{}, err
	}
	return done()
}

// endHere is signing out, by the app or by a form.
func (s *Server) endHere(a *asked) error {
	if session, err := a.session(); err == nil {
		if err := s.Store.EndSession(a, a.ask, session.ID); err != nil && !errors.Is(err, domain.ErrMissing) {
			return err
		}
	}
	s.setCookie(a.Context, "")
	a.Header("Clear-Site-Data", `"cache", "cookies", "storage"`)
	return nil
}

type openSessionView struct {
	ID      uuid.UUID `json:"id"`
	Agent   string    `json:"agent"`
	Start   time.Time `json:"started_at"`
	Seen    time.Time `json:"seen_at"`
	Until   time.Time `json:"expires_at"`
	Current bool      `json:"current"`
}

func (s *Server) sessions(a *asked) (answer, error) {
	here, err := a.session()
	if err != nil {
		return answer{}, err
	}
	return whole(func(o store.OpenSession) openSessionView {
		return openSessionView{o.ID, o.Agent, o.Start.UTC(), o.Seen.UTC(), o.Until.UTC(), o.ID == here.ID}
	})(s.Store.Sessions(a, a.by))
}

func (s *Server) endSession(a *asked) (answer, error) {
	if _, err := a.session(); err != nil {
		return answer{}, err
	}
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.EndSession(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

type invitationRequest struct {
	Token    store.Token `json:"token"`
	Password string      `json:"password"`
}

type forgottenRequest struct {
	Email string `json:"email"`
}

// forgetPassword answers the same whoever the address is.
func (s *Server) forgetPassword(a *asked) (answer, error) {
	in, err := body[forgottenRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.ForgetPassword(a, in.Email, a.address()); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusAccepted}, nil
}

func (s *Server) acceptInvitation(a *asked) (answer, error) {
	in, err := body[invitationRequest](a)
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.AcceptInvitation(a, in.Token, in.Password); err != nil {
		return answer{}, err
	}
	s.setCookie(a.Context, "") // of whoever was signed in here: a new password is a new start
	return done()
}
