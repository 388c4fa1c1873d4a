package api

import "github.com/gin-gonic/gin"

// pages mounts what is no part of the contract: the public site and the app.
func (s *Server) pages(g *gin.Engine) {}
