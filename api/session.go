package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"startupfund/domain"
)

// cookieName is bound to the host where the fund is reached by https; a browser
// takes no such cookie on plain http, where only a trial runs.
func (s *Server) cookieName() string {
	if s.Secure {
		return "__Host-fund"
	}
	return "fund"
}

// who tells who is asking. Nobody signed in is the public; a session that ended
// is refused as such, so that a page can ask to sign in again and lose nothing.
func (s *Server) who(c *gin.Context) (domain.Actor, error) {
	cookie, err := c.Request.Cookie(s.cookieName())
	if errors.Is(err, http.ErrNoCookie) {
		return domain.Actor{}, nil
	}
	session, err := s.Store.Session(c, cookie.Value)
	if err != nil {
		return domain.Actor{}, err
	}
	c.Set("language", session.Language)
	return session.Actor, nil
}
