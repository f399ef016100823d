//! Handler of AdminService.

use tonic::{Request, Response, Status};

use super::backup_stream::{self, BackupStream};
use super::deadline::{self, within};
use super::generated::pb::{self, admin_service_server::AdminService};
use super::rebuild_stream::{self, RebuildStream};
use super::{Handlers, convert};

#[tonic::async_trait]
impl AdminService for Handlers {
    async fn get_status(
        &self,
        request: Request<pb::GetStatusRequest>,
    ) -> Result<Response<pb::GetStatusResponse>, Status> {
        let call = deadline::call(request.metadata(), Some(self.limits.max_wait));
        let status = within(&call, self.api.status(&call)).await?;
        Ok(Response::new(convert::status(status)))
    }

    type BackupJournalStream = BackupStream;

    async fn backup_journal(
        &self,
        request: Request<pb::BackupJournalRequest>,
    ) -> Result<Response<Self::BackupJournalStream>, Status> {
        let (call, end) = (deadline::call(request.metadata(), None), self.leaving(&request));
        Ok(Response::new(backup_stream::pieces(self.api.clone(), call, end)))
    }

    type RebuildProjectionStream = RebuildStream;

    async fn rebuild_projection(
        &self,
        request: Request<pb::RebuildProjectionRequest>,
    ) -> Result<Response<Self::RebuildProjectionStream>, Status> {
        let (call, end) = (deadline::call(request.metadata(), None), self.leaving(&request));
        let rebuilding = within(&call, self.api.rebuild(&call)).await?;
        Ok(Response::new(rebuild_stream::progress(rebuilding, call, end)))
    }
}
